#include "firmware/records/schema.hpp"

namespace kiosk::records {

hal::Schema schema() {
  using hal::CellKind;
  return {.version = 2,
          .tables = {
              {"sessions",
               {{"service", CellKind::text},
                {"began", CellKind::number},
                {"changed", CellKind::number},
                {"steps", CellKind::number},
                {"ended", CellKind::number},
                {"outcome", CellKind::text}}},
              {"steps", {{"session", CellKind::text}, {"name", CellKind::text}, {"at", CellKind::number}}},
              {"debts",
               {{"session", CellKind::text},
                {"what", CellKind::text},
                {"reference", CellKind::text},
                {"since", CellKind::number}}},
              {"submissions",
               {{"session", CellKind::text},
                {"service", CellKind::text},
                {"subject", CellKind::text},
                {"state", CellKind::text},
                {"changed", CellKind::number},
                {"why", CellKind::text},
                {"for_paper", CellKind::personal},
                {"reply", CellKind::personal}}},
              {"papers",
               {{"kind", CellKind::text},
                {"state", CellKind::text},
                {"before", CellKind::text},
                {"copy", CellKind::number},
                {"changed", CellKind::number}}},
              {"counters", {{"day", CellKind::text}, {"name", CellKind::text}, {"count", CellKind::number}}},
              {"upkeep", {{"last", CellKind::number}}},
              {"audit",
               {{"line", CellKind::number},
                {"hash", CellKind::text},
                {"file", CellKind::text},
                {"size", CellKind::number}}},
          }};
}

}  // namespace kiosk::records
