#include "firmware/update/json.hpp"

#include <cstdlib>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace kiosk::update {
namespace {

constexpr std::size_t deepest = 32;

/// Builds the value from the library's events: these show a name that comes twice, which its own reader
/// forgets.
class Builder : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max())) {
      return refuse("a number that is too large");
    }
    return add(static_cast<std::int64_t>(value));
  }
  bool number_float(number_float_t, const string_t& text) override {
    return refuse(fmt::format("{} is no whole number", text.substr(0, 40)));
  }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return refuse("bytes"); }

  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    if (open_.back()->contains(name))
      return refuse(fmt::format("\"{}\" twice in one object", name.substr(0, 80)));
    name_ = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const Json::exception&) override {
    return refuse(fmt::format("not JSON at byte {}", position));
  }

  Json result;
  std::string complaint;

 private:
  Json* place(Json&& child) {
    if (open_.empty()) return &(result = std::move(child));
    Json& parent = *open_.back();
    if (parent.is_object()) return &(parent[name_] = std::move(child));
    parent.push_back(std::move(child));
    return &parent.back();
  }
  bool add(Json child) {
    place(std::move(child));
    return true;
  }
  bool open(Json container) {
    if (open_.size() == deepest) return refuse(fmt::format("deeper than {}", deepest));
    open_.push_back(place(std::move(container)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }
  bool refuse(std::string why) {
    complaint = std::move(why);
    return false;
  }

  std::vector<Json*> open_;  // a parent takes no other child while one is open, so these stay where they are
  std::string name_;
};

void write_text(const std::string& text, std::string& out) {
  out += '"';
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') out += '\\';
    out += letter;
  }
  out += '"';
}

void write(const Json& value, std::string& out) {
  switch (value.type()) {
    case Json::value_t::null:
      out += "null";
      return;
    case Json::value_t::boolean:
      out += value.get<bool>() ? "true" : "false";
      return;
    case Json::value_t::number_integer:
      out += std::to_string(value.get<std::int64_t>());
      return;
    case Json::value_t::number_unsigned:
      out += std::to_string(value.get<std::uint64_t>());
      return;
    case Json::value_t::string:
      write_text(value.get_ref<const std::string&>(), out);
      return;
    case Json::value_t::array: {
      const char* before = "[";
      for (const auto& element : value) {
        out += std::exchange(before, ",");
        write(element, out);
      }
      out += value.empty() ? "[]" : "]";
      return;
    }
    case Json::value_t::object: {
      const char* before = "{";
      for (const auto& [name, member] : value.items()) {
        out += std::exchange(before, ",");
        write_text(name, out);
        out += ':';
        write(member, out);
      }
      out += value.empty() ? "{}" : "}";
      return;
    }
    case Json::value_t::number_float:
    case Json::value_t::binary:
    case Json::value_t::discarded:
      std::abort();
  }
}

}  // namespace

Result<Json> read_json(std::string_view text) {
  Builder builder;
  if (!Json::sax_parse(text, &builder)) return fail(Errc::malformed, builder.complaint);
  return std::move(builder.result);
}

std::string canonical(const Json& value) {
  std::string out;
  write(value, out);
  return out;
}

}  // namespace kiosk::update
