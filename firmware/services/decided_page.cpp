#include "firmware/services/decided_page.hpp"

namespace kiosk::services {

using screens::Decided;

Decided decided_page(const session::Session& s, const hal::Reply& reply, session::Delivered delivered) {
  using session::Delivered;
  using Paper = Decided::Paper;
  const auto paper = delivered == Delivered::printed     ? Paper::printed
                     : delivered == Delivered::reprinted ? Paper::reprinted
                                                         : Paper::electronic;
  return {.decision = static_cast<Decided::Decision>(reply.decision),
          .service = s.service,
          .acceptance_number = reply.acceptance_number,
          .due_date = reply.due_date,
          .defects = reply.defects,
          .reason = reply.reason,
          .legal_basis = reply.legal_basis,
          .remedy = reply.remedy,
          .certificate_cancelled = reply.certificate_status == "cancelled",
          .paper = paper,
          .slip_token = reply.slip_token,
          .can_rate = !reply.acceptance_number.empty()};
}

}  // namespace kiosk::services
