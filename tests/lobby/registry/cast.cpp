#include "tests/lobby/registry/cast.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "tests/lobby/registry/checks.hpp"

namespace kiosk::lobby {
namespace {

using hal::CardKind, hal::IdCard, hal::Mortgage, hal::NextAction, hal::RestrictionKind, hal::StageState;

PersonalText personal(std::string text) {
  return PersonalText(std::move(text));
}

// Sex and birth date stand in the number: digit 17 is odd for men, digits 7 to 14 are the date.
IdCard resident(const std::string& name, const std::string& number, const std::string& address) {
  return {.kind = CardKind::resident,
          .name = personal(name),
          .number = personal(number),
          .sex = personal((number[16] - '0') % 2 == 1 ? "1" : "2"),
          .ethnic_group = personal("01"),
          .birth_date = personal(number.substr(6, 8)),
          .address = personal(address),
          .authority = personal("济南市公安局"),
          .valid_from = "20190601",
          .valid_to = "20390601"};
}

IdCard expired(IdCard card) {
  card.valid_from = "20140501";
  card.valid_to = "20240501";
  return card;
}

IdCard hong_kong() {
  auto card = resident("黄家豪", "810000198804020013", "济南市历下区泉城路 8 号 3 单元 502 室");
  card.kind = CardKind::hk_mo_tw_permit;
  card.ethnic_group = {};
  card.permit_number = personal("H01234567");
  card.issue_count = 1;
  return card;
}

IdCard foreign_2017() {
  return {.kind = CardKind::foreign_permanent_2017,
          .name = personal("MARTIN, CLAIRE"),
          .english_name = personal("MARTIN, CLAIRE"),
          .number = personal("FRA110000185021"),
          .sex = personal("2"),
          .birth_date = personal("19850215"),
          .authority = personal("1500"),
          .nationality = personal("FRA"),
          .valid_from = "20200301",
          .valid_to = "20300301"};
}

IdCard foreign_2023() {
  return {.kind = CardKind::foreign_permanent_2023,
          .name = personal("叶莲娜"),
          .english_name = personal("WEBER, ELENA MARIA"),
          .number = personal("911080198306120026"),
          .sex = personal("2"),
          .birth_date = personal("19830612"),
          .authority = personal("国家移民管理局"),
          .nationality = personal("DEU"),
          .valid_from = "20240101",
          .valid_to = "20340101",
          .issue_count = 1};
}

struct Lot {
  std::string address, unit_code, title, certificate, lender, phone;
  std::int64_t yuan = 0;
  std::string since;
};

Mortgage ordinary(const std::string& id, const Lot& lot) {
  return {.id = id,
          .kind = Mortgage::Kind::ordinary,
          .address = personal(lot.address),
          .unit_code = personal(lot.unit_code),
          .title_number = personal(lot.title),
          .certificate_number = personal(lot.certificate),
          .lender = lot.lender,
          .lender_phone = lot.phone,
          .amount_fen = lot.yuan * 100,
          .registered_on = lot.since,
          .electronic_certificate = true};
}

Mortgage released(Mortgage mortgage, const std::string& reference, const std::string& date) {
  mortgage.release = hal::Release{.reference = reference, .date = date};
  return mortgage;
}

Mortgage seized(Mortgage mortgage) {
  mortgage.restrictions.push_back({.kind = RestrictionKind::seizure,
                                   .authority = "某区人民法院",
                                   .document = "（2026）某0102执保第118号",
                                   .since = "2026-03-02"});
  return mortgage;
}

// Every lot is invented; the numbers follow the forms of GB/T 37346 and of the certificates.
Lot lot(int n, const std::string& address, const std::string& lender, const std::string& phone,
        std::int64_t yuan, const std::string& since) {
  return {.address = address,
          .unit_code = fmt::format("370102012002GB{:05}F{:04}{:04}", n, n + 3, 100 * (n % 9 + 1) + 1),
          .title = fmt::format("鲁（2019）济南市不动产权第{:07}号", 100230 + 17 * n),
          .certificate = fmt::format("鲁（2019）济南市不动产证明第{:07}号", 200450 + 31 * n),
          .lender = lender,
          .phone = phone,
          .yuan = yuan,
          .since = since};
}

std::vector<Deed> make_deeds() {
  const std::string savings = "泉城储蓄银行历下支行", farmers = "岱岳农商银行济南分行";
  const std::string savings_phone = "0531-55550101", farmers_phone = "0531-55550202";
  const auto simple = [&](int n, const std::string& address) {
    return ordinary(fmt::format("m-{:04}", n), lot(n, address, savings, savings_phone, 860000, "2019-05-20"));
  };
  auto paper = simple(9, "济南市天桥区水屯路 77 号 6 号楼 201 室");
  paper.electronic_certificate = false;
  auto maximum = simple(5, "济南市历城区工业北路 120 号 3 号楼 1201 室");
  maximum.kind = Mortgage::Kind::maximum_amount;
  maximum.amount_fen = 300000000;
  auto under_way =
      released(simple(10, "济南市历下区文化东路 9 号 2 号楼 302 室"), "JQ-2026-000910", "2026-10-12");
  under_way.open_case = "2026111800031";
  auto farm = ordinary("m-0008", lot(8, "济南市市中区舜耕路 40 号 11 号楼 903 室", farmers, farmers_phone,
                                     420000, "2021-08-02"));
  return {
      {released(simple(1, "济南市历下区泉城路 18 号 4 号楼 2 单元 1102 室"), "JQ-2026-000131", "2026-11-03"),
       {"zhang"}},
      {simple(2, "济南市市中区经四路 216 号 1 号楼 805 室"), {"li"}},
      {seized(released(simple(3, "济南市槐荫区张庄路 5 号 7 号楼 601 室"), "JQ-2026-000303", "2026-09-15")),
       {"wang"}},
      {released(simple(4, "济南市历下区解放路 33 号 8 号楼 1504 室"), "JQ-2026-000404", "2026-11-10"),
       {"chen", "liu"}},
      {released(maximum, "JQ-2026-000505", "2026-10-30"), {"zhao"}},
      {released(simple(7, "济南市市中区舜耕路 40 号 11 号楼 902 室"), "JQ-2026-000707", "2026-11-01"),
       {"sun"}},
      {farm, {"sun"}},
      {released(paper, "JQ-2026-000909", "2026-10-20"), {"sun"}},
      {under_way, {"zhou"}},
      {released(simple(11, "济南市历下区泉城路 8 号 3 号楼 502 室"), "JQ-2026-001111", "2026-11-05"),
       {"huang"}},
      {released(simple(12, "济南市高新区新泺大街 66 号 5 号楼 2203 室"), "JQ-2026-001212", "2026-11-06"),
       {"martin"}},
      {released(simple(13, "济南市高新区舜华路 15 号 9 号楼 706 室"), "JQ-2026-001313", "2026-11-07"),
       {"ye"}},
      {released(simple(14, "济南市天桥区无影山路 3 号 2 号楼 401 室"), "JQ-2026-001414", "2026-11-08"),
       {"wu"},
       {"wu"}},
      {released(simple(15, "济南市历下区佛山街 21 号 1 号楼 302 室"), "JQ-2026-001515", "2026-11-09"),
       {"he", "gao"},
       {"gao"}},
      {released(simple(16, "济南市历城区花园路 58 号 10 号楼 1703 室"), "JQ-2026-001616", "2026-11-10"),
       {"lin", "xie", "tang"}},
  };
}

std::string day(std::chrono::sys_days today, int offset) {
  return fmt::format("{:%Y-%m-%d}",
                     fmt::gmtime(std::chrono::system_clock::time_point(today + std::chrono::days(offset))));
}

}  // namespace

const std::vector<Person>& people() {
  static const std::vector<Person> cast{
      {"zhang", resident("张明", "370102198503070018", "济南市历下区泉城路 18 号 4 号楼 2 单元 1102 室"), 1,
       "贷款已还清，银行已同意注销：可当场办结"},
      {"li", resident("李红", "370103199005210023", "济南市市中区经四路 216 号 1 号楼 805 室"), 2,
       "银行还没有提交注销材料"},
      {"wang", resident("王伟", "370104197811120038", "济南市槐荫区张庄路 5 号 7 号楼 601 室"), 3,
       "房屋被查封"},
      {"chen", resident("陈静", "370105198809170045", "济南市历下区解放路 33 号 8 号楼 1504 室"), 4,
       "与刘洋共有"},
      {"liu", resident("刘洋", "37010519870623005X", "济南市历下区解放路 33 号 8 号楼 1504 室"), 5,
       "与陈静共有", "13905310052"},
      {"zhao", resident("赵磊", "370112196910300013", "济南市历城区工业北路 120 号 3 号楼 1201 室"), 6,
       "最高额抵押，需到窗口"},
      {"sun", resident("孙晓丽", "370102198202140043", "济南市市中区舜耕路 40 号 11 号楼 902 室"), 7,
       "名下有三笔抵押"},
      {"zhou", resident("周强", "370113199408080035", "济南市历下区文化东路 9 号 2 号楼 302 室"), 8,
       "注销正在办理中"},
      {"wu", resident("吴敏", "370103198601190060", "济南市天桥区无影山路 3 号 2 号楼 401 室"), 9,
       "三件在办：一件超期、一件待补正、一件可领证；抵押登记在旧身份证号下"},
      {"zheng", resident("郑浩", "370104200104030070", "济南市槐荫区经十路 300 号 6 号楼 101 室"), 10,
       "名下没有抵押"},
      {"feng", expired(resident("冯军", "370102197506150019", "济南市历下区山大路 51 号 1 号楼 303 室")), 11,
       "身份证已过期"},
      {"he", resident("何建国", "370102195603120031", "济南市历下区佛山街 21 号 1 号楼 302 室"), 23,
       "与高秀英共有：她的登记还在旧身份证号下"},
      {"gao", resident("高秀英", "370102195809210040", "济南市历下区佛山街 21 号 1 号楼 302 室"), 38,
       "与何建国共有；登记在旧身份证号下", "13805310015"},
      {"lin", resident("林涛", "370103197906030055", "济南市历城区花园路 58 号 10 号楼 1703 室"), 42,
       "与谢芳、唐宇三人共有"},
      {"xie", resident("谢芳", "370103198201170060", "济南市历城区花园路 58 号 10 号楼 1703 室"), 32,
       "与林涛、唐宇三人共有：留有手机号，可短信邀请", "13705310066"},
      {"tang", resident("唐宇", "370105200108250077", "济南市历城区花园路 58 号 10 号楼 1703 室"), 37,
       "与林涛、谢芳三人共有：没有留手机号"},
      {"huang", hong_kong(), 16, "港澳台居民居住证"},
      {"martin", foreign_2017(), 22, "外国人永久居留身份证（2017 版）"},
      {"ye", foreign_2023(), 29, "外国人永久居留身份证（2023 版）"},
  };
  return cast;
}

const Person& person(std::string_view id) {
  const auto found = std::ranges::find(people(), id, &Person::id);
  if (found == people().end()) std::abort();
  return *found;
}

std::string phone_of(const std::string& number_on_register) {
  const auto found = std::ranges::find_if(people(), [&](const Person& person) {
    return same_person(number_on_register, person.card.number.reveal());
  });
  return found == people().end() ? "" : found->phone;
}

const std::vector<Deed>& deeds() {
  static const std::vector<Deed> deeds = make_deeds();
  return deeds;
}

std::vector<OldCase> old_cases(std::chrono::sys_days today) {
  const auto stages = [&](std::size_t current, int began) {
    std::vector<hal::Stage> line;
    for (const auto* name : {"accepted", "review", "registered", "certificate", "collect"}) {
      const auto i = line.size();
      const auto state = i < current    ? StageState::done
                         : i == current ? StageState::current
                                        : StageState::ahead;
      line.push_back({name, state, i <= current ? day(today, began + static_cast<int>(i)) : ""});
    }
    return line;
  };
  const auto progress = [&](const std::string& number, const std::string& service, const std::string& address,
                            std::size_t current, int began, int due) {
    return hal::CaseProgress{.acceptance_number = number,
                             .service = service,
                             .address = personal(address),
                             .stages = stages(current, began),
                             .due_date = day(today, due)};
  };
  const std::string home = "济南市天桥区无影山路 3 号 2 号楼 401 室";
  auto overdue = progress("2026102600017", "change_location", home, 1, -26, -4);
  auto incomplete = progress("2026111600042", "change_name", home, 0, -5, 4);
  incomplete.next = NextAction::complete_documents;
  incomplete.defects = {"缺少公安机关出具的姓名变更证明", "不动产权证书复印件不清晰，请重新提交"};
  auto ready = progress("2026110200008", "change_area", home, 4, -19, 2);
  ready.next = NextAction::collect;
  auto under_way =
      progress("2026111800031", "mortgage_cancellation", "济南市历下区文化东路 9 号 2 号楼 302 室", 1, -3, 2);
  return {{"wu", overdue}, {"wu", incomplete}, {"wu", ready}, {"zhou", under_way}};
}

const Staff& staff() {
  static const Staff staff{.id = "0117", .badge = "STAFF-0117-7QK2", .pin = "271828"};
  return staff;
}

}  // namespace kiosk::lobby
