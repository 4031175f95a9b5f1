#include "tests/screens/samples/samples.hpp"

#include "screens/citizen/attract.hpp"
#include "screens/citizen/before_you_start.hpp"
#include "screens/citizen/card_read.hpp"
#include "screens/citizen/case_list.hpp"
#include "screens/citizen/case_timeline.hpp"
#include "screens/citizen/check_answers.hpp"
#include "screens/citizen/choose_lien.hpp"
#include "screens/citizen/consent.hpp"
#include "screens/citizen/curtain.hpp"
#include "screens/citizen/decided.hpp"
#include "screens/citizen/did_it_print.hpp"
#include "screens/citizen/enter_certificate.hpp"
#include "screens/citizen/enter_number.hpp"
#include "screens/citizen/goodbye.hpp"
#include "screens/citizen/help.hpp"
#include "screens/citizen/home.hpp"
#include "screens/citizen/leave.hpp"
#include "screens/citizen/lien_blocked.hpp"
#include "screens/citizen/look_at_camera.hpp"
#include "screens/citizen/no_cases.hpp"
#include "screens/citizen/no_liens.hpp"
#include "screens/citizen/not_ready.hpp"
#include "screens/citizen/other_owners.hpp"
#include "screens/citizen/other_ways.hpp"
#include "screens/citizen/out_of_service.hpp"
#include "screens/citizen/outcome_unknown.hpp"
#include "screens/citizen/owner_away.hpp"
#include "screens/citizen/place_card.hpp"
#include "screens/citizen/point_of_no_return.hpp"
#include "screens/citizen/problem.hpp"
#include "screens/citizen/progress_ways.hpp"
#include "screens/citizen/rate.hpp"
#include "screens/citizen/read_document.hpp"
#include "screens/citizen/release_missing.hpp"
#include "screens/citizen/scan_slip.hpp"
#include "screens/citizen/service_closed.hpp"
#include "screens/citizen/settings.hpp"
#include "screens/citizen/sign.hpp"
#include "screens/citizen/staff_badge.hpp"
#include "screens/citizen/staff_pin.hpp"
#include "screens/citizen/still_there.hpp"
#include "screens/citizen/take_card.hpp"
#include "screens/citizen/working.hpp"
#include "tests/screens/samples/drawings.hpp"

namespace kiosk::testing {

using namespace screens;

namespace {

const std::string kService = "mortgage_cancellation";
const std::string kElsewhere = "3号窗口，或大厅东侧的自助机";

PersonalText personal(std::string text) {
  return PersonalText(std::move(text));
}

std::vector<ServiceTile> two_services() {
  return {{kService}, {"progress"}};
}

std::vector<ServiceTile> all_services() {
  return {{"change_registration"}, {kService}, {"progress"}, {"registration_information"},
          {"certificates"},        {"queue"},  {"payment"},  {"guide"}};
}

std::vector<LienRow> liens() {
  using enum LienRow::State;
  return {
      {personal("历下区经十路1000号2号楼"), "泉城储蓄银行历下支行", personal("0412"), can_be_cancelled},
      {personal("市中区英雄山路77号阳光花园3号楼"), "明湖银行济南市中支行", personal("2086"), waits_for_bank},
      {personal("槐荫区张庄路5号1号楼"), "齐鲁银行", personal("7731"), blocked}};
}

std::vector<LienRow> many_liens() {
  using enum LienRow::State;
  auto rows = liens();
  rows.push_back(
      {personal("天桥区堤口路140号7号楼"), "济南农村商业银行天桥支行", personal("1190"), maximum_amount});
  rows.push_back({personal("历城区花园路122号山大南院家属区东二排宿舍楼12号楼"),
                  "泉城农村储蓄银行股份有限公司济南市分行", personal("5520"), under_way});
  return rows;
}

std::vector<AnswerRow> answers() {
  return {{assets::Text::field_applicant, personal("张三")},
          {assets::Text::field_id_number, personal("1101**********002X")},
          {assets::Text::field_address, personal("济南市历下区经十路1000号2号楼3单元1202室")},
          {assets::Text::field_unit_code, personal("370102 012002 GB00001 F00021202")},
          {assets::Text::field_title_number, personal("鲁（2024）济南市不动产权第0001234号")},
          {assets::Text::field_certificate_number, personal("鲁（2024）济南市不动产证明第0000412号")},
          {assets::Text::field_lender, personal("泉城储蓄银行历下支行")},
          {assets::Text::field_registered_on, personal("2019-04-12")},
          {assets::Text::field_amount, personal("860,000.00 元")},
          {assets::Text::field_release, personal("2026-07-20  结清2026-0720")},
          {.field = assets::Text::field_certificate_handling,
           .words = assets::Text::field_certificate_handling_electronic},
          {.field = assets::Text::field_fee, .words = assets::Text::field_fee_free}};
}

CaseTimeline timeline(bool with_card) {
  using enum TimelineStage::State;
  return {.acceptance_number = "202604120007",
          .service = kService,
          .address = personal(with_card ? "历下区经十路1000号2号楼" : ""),
          .stages = {{"accepted", done, "2026-07-20"},
                     {"review", current, "2026-07-21"},
                     {"registered", ahead, ""},
                     {"certificate", ahead, ""},
                     {"collect", ahead, ""}},
          .due_date = "2026-07-24"};
}

Problem problem(Problem::Kind kind) {
  return {.kind = kind, .incident = "K3-0412", .can_retry = true};
}

}  // namespace

std::vector<Sample> samples() {
  const Frame idle{.hall_name = "济南市不动产登记大厅", .clock = "14:05", .can_go_home = false};
  Frame home = idle, asking = idle, busy = idle;
  home.can_go_home = true;
  asking.can_go_back = asking.can_go_home = asking.identified = true;
  busy.can_go_home = busy.identified = true;
  const Step one{1, 4};

  std::vector<Sample> all;
  const auto add = [&all](std::string name, Screen screen, const Frame& frame, Draft draft = {}) {
    all.push_back({std::move(name), std::move(screen), frame, std::move(draft)});
  };
  Draft digits, pin;
  digits.typed = personal("041200");
  pin.typed = personal("12345");

  const auto tiles3 = std::vector<ServiceTile>{{kService}, {"progress"}, {"guide"}};
  add("attract",
      Attract{.hall_name = idle.hall_name,
              .services = tiles3,
              .hours = "09:00-17:00",
              .supervision_phone = "0531-12345"},
      idle);
  add("home", Home{.hall_name = idle.hall_name, .services = two_services()}, home);
  add("home.eight", Home{.hall_name = idle.hall_name, .services = all_services()}, home);
  add("home.degraded",
      Home{.hall_name = idle.hall_name,
           .services = {{kService, Closed::receipt_printer}, {"progress"}},
           .health = ServiceHealth::some},
      home);
  add("service_closed",
      ServiceClosed{.service = {kService, Closed::receipt_printer}, .elsewhere = kElsewhere}, asking);
  add("before_you_start", BeforeYouStart{.service = kService, .promised = "即办"}, asking);
  add("consent", Consent{.step = one}, asking);
  add("consent.no_camera", Consent{.camera_works = false, .step = one}, asking);
  add("place_card", PlaceCard{.step = one}, asking);
  add("place_card.problem", PlaceCard{.problem = PlaceCard::Problem::unreadable, .step = one}, asking);
  add("place_card.second",
      PlaceCard{.problem = PlaceCard::Problem::other_person, .for_whom = personal("李*红"), .step = one},
      asking);
  add("card_read",
      CardRead{.masked_name = personal("张*"), .masked_number = personal("1101**********002X"), .step = one},
      busy);
  add("card_read.still_there",
      CardRead{.masked_name = personal("张*"),
               .masked_number = personal("1101**********002X"),
               .still_there = true},
      busy);
  add("look_at_camera", LookAtCamera{.preview = drawn_person(), .step = one}, asking);
  add("look_at_camera.dark",
      LookAtCamera{.preview = drawn_person(),
                   .hint = LookAtCamera::Hint::too_dark,
                   .attempts_left = 2,
                   .refused_before = true},
      asking);
  add("look_at_camera.hold", LookAtCamera{.preview = {}, .hint = LookAtCamera::Hint::hold_still}, asking);
  add("other_ways", OtherWays{.why = OtherWays::Why::face_failed, .face_possible = true, .step = one},
      asking);
  add("staff_badge", StaffBadge{.wrong_before = true}, asking);
  add("staff_pin", StaffPin{}, asking, pin);
  add("choose_lien", ChooseLien{.rows = liens()}, asking);
  add("choose_lien.many", ChooseLien{.rows = many_liens()}, asking);
  add("no_liens", NoLiens{}, busy);
  add("no_liens.search", NoLiens{.can_search = true}, busy);
  Draft certificate;
  certificate.typed = personal("2019020");
  add("enter_certificate", EnterCertificate{.province = "鲁", .authority = "济南市"}, asking, certificate);
  add("enter_certificate.not_found",
      EnterCertificate{.province = "鲁", .authority = "济南市", .not_found = personal("2019 0200884")},
      asking);
  add("enter_certificate.wait", EnterCertificate{.province = "鲁", .authority = "济南市", .wait_s = 42},
      asking);
  add("lien_blocked",
      LienBlocked{.why = LienBlocked::Why::seizure,
                  .authority = "济南市历下区人民法院",
                  .document = "（2026）鲁0102执保88号",
                  .since = "2026-03-02"},
      asking);
  add("lien_blocked.under_way",
      LienBlocked{.why = LienBlocked::Why::under_way, .acceptance_number = "202604120007"}, asking);
  add("release_missing", ReleaseMissing{.lender = "泉城储蓄银行历下支行", .lender_phone = "0531-55550200"},
      asking);
  add("other_owners",
      OtherOwners{.owners = {{personal("李*红")}, {personal("张*"), OtherOwners::Owner::State::confirmed}}},
      asking);
  add("other_owners.no_messages", OtherOwners{.owners = {{personal("李*红")}}, .can_invite = false}, asking);
  using Reached = OwnerAway::Owner::Reached;
  const OwnerAway::Owner invited{personal("李*红"), Reached::invited, personal("139****0052"), "2026-07-31"};
  add("owner_away.invited", OwnerAway{.what = OwnerAway::What::invited, .owners = {invited}}, asking);
  add("owner_away.partly",
      OwnerAway{
          .what = OwnerAway::What::partly,
          .owners = {invited, {personal("张*"), Reached::no_number}, {personal("王*"), Reached::uncertain}}},
      asking);
  add("owner_away.no_phone",
      OwnerAway{.what = OwnerAway::What::no_phone, .owners = {{personal("李*红"), Reached::no_number}}},
      asking);
  add("owner_away.window", OwnerAway{.owners = {{personal("李*红")}}}, asking);
  add("owner_away.no_printer", OwnerAway{.owners = {{personal("李*红")}}, .can_print = false}, asking);
  add("check_answers", CheckAnswers{.service = kService, .rows = answers()}, asking);
  auto changeable = answers();
  changeable.insert(changeable.begin() + 2,
                    {{assets::Text::field_other_owner, personal("李*红")},
                     {assets::Text::field_id_number, personal("3701**********0045")}});
  changeable[2].change = 1;
  changeable[4].change = 0;
  add("check_answers.change", CheckAnswers{.service = kService, .rows = changeable}, asking);
  add("point_of_no_return", PointOfNoReturn{.service = kService}, asking);
  add("read_document", ReadDocument{kService + ".form", {written_page(), written_page()}}, asking);
  add("sign", Sign{.masked_name = personal("张*"), .document = kService + ".form"}, asking);
  add("sign.signed",
      Sign{.masked_name = personal("张*"), .document = kService + ".form", .too_little_before = true}, asking,
      drawn_signature());
  add("working", Working{.what = Working::What::asking_registry}, busy);
  add("working.submitting", Working{.what = Working::What::submitting, .retry_in_s = 12}, busy);
  add("working.pages", Working{.what = Working::What::printing_pages, .done = 1, .of = 3}, busy);
  add("did_it_print", DidItPrint{}, busy);
  const Decided registered{.decision = Decided::Decision::registered,
                           .service = kService,
                           .acceptance_number = "202604120007",
                           .certificate_cancelled = true};
  add("decided.registered", registered, busy);
  auto result = registered;
  result.can_print_result = true;
  add("decided.registered.result", result, busy);
  result.result_sheet = Decided::ResultSheet::not_printed;
  add("decided.registered.no_result", result, busy);
  result.can_print_result = false;
  result.result_sheet = Decided::ResultSheet::printed;
  add("decided.registered.result_printed", result, busy);
  add("decided.accepted",
      Decided{.service = kService, .acceptance_number = "202604120007", .due_date = "2026-07-24"}, busy);
  add("decided.to_be_completed",
      Decided{.decision = Decided::Decision::to_be_completed,
              .service = kService,
              .acceptance_number = "202604120007",
              .defects = {"贷款结清证明原件", "共有人李*红的身份证", "不动产登记证明原件"}},
      busy);
  add("decided.refused",
      Decided{.decision = Decided::Decision::refused,
              .service = kService,
              .reason = "申请登记的不动产不属于本登记机构的范围",
              .legal_basis = "《不动产登记暂行条例》第二十二条",
              .remedy = "六十日内申请行政复议，或六个月内起诉",
              .paper = Decided::Paper::electronic,
              .slip_token = "K1.9f3cQw7LrT2m"},
      busy);
  add("outcome_unknown", OutcomeUnknown{.reference = "7F3A09C2", .slip_printed = true}, busy);
  add("rate", Rate{}, busy);
  add("goodbye", Goodbye{.slip = true, .pages = 3}, busy);
  add("goodbye.nothing", Goodbye{.card = false}, busy);
  add("goodbye.card", Goodbye{.slip = true, .card_there = true}, busy);
  add("take_card", TakeCard{.staff_called = true}, idle);
  add("progress_ways", ProgressWays{}, asking);
  add("progress_ways.number_only", ProgressWays{.card = false, .scan = false}, asking);
  add("enter_number", EnterNumber{.prefix = "2026"}, asking, digits);
  add("enter_number.not_found", EnterNumber{.prefix = "2026", .digits = 13, .not_found = "2026110200008"},
      asking);
  add("enter_number.wait", EnterNumber{.prefix = "2026", .wait_s = 42}, asking);
  add("scan_slip", ScanSlip{.unreadable_before = true}, asking);
  add("case_list",
      CaseList{
          .rows = {{"202604120007", kService, personal("历下区经十路1000号2号楼"), "review", true},
                   {"202603020113", "change_registration", personal("市中区英雄山路77号3号楼"), "collect"}}},
      asking);
  add("case_timeline", timeline(true), asking);
  CaseTimeline late = timeline(false);
  late.overdue = late.more = true;
  late.next = CaseTimeline::Next::complete_documents;
  late.defects = {"贷款结清证明原件", "共有人的身份证"};
  add("case_timeline.late", late, asking);
  add("no_cases", NoCases{}, asking);
  add("help", Help{.about = "place_card", .phone = "0531-12345"}, asking);
  add("help.called",
      Help{.about = "home", .phone = "0531-12345", .call = Help::Call::called, .call_number = "17"}, asking);
  add("settings", Settings{}, asking);
  Frame short_of_time = busy;
  short_of_time.seconds_left = 25;
  add("still_there", StillThere{.seconds_left = 25}, short_of_time);
  add("curtain", Curtain{}, busy);
  add("leave", Leave{}, asking);
  add("leave.submitted", Leave{.submitted = true}, asking);
  add("out_of_service", OutOfService{.back_at = "14:00", .elsewhere = kElsewhere, .phone = "0531-12345"},
      idle);
  const Frame nameless{.clock = "09:05", .can_go_home = false};
  const std::string number = "3f9a04c17be2458d9c6120ab77fe31d5";
  add("not_ready", NotReady{.machine = number}, nameless);
  add("not_ready.taken", NotReady{.machine = number, .stick = "settings_taken"}, nameless);
  add("not_ready.refused", NotReady{.machine = number, .stick = "refused.wrong_settings"}, nameless);
  add("not_ready.foreign", NotReady{.machine = number, .trouble = "foreign"}, nameless);
  add("not_ready.settings", NotReady{.machine = number, .trouble = "settings"}, nameless);
  for (int kind = 0; kind <= static_cast<int>(Problem::Kind::session_lost); ++kind)
    add("problem." + std::to_string(kind), problem(static_cast<Problem::Kind>(kind)), busy);
  return all;
}

Layout lay_out(const Sample& sample, const Look& look) {
  return framed(sample.screen.layout(look, sample.draft), sample.frame, look);
}

}  // namespace kiosk::testing
