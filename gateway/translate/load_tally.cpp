// Counts what a load stores and loses; see load_tally.hpp.
#include "gateway/translate/load_tally.hpp"

#include <algorithm>

#include "schemas/ascii.hpp"

namespace parley::gateway::translate {
namespace {

String counted(std::size_t number, std::string_view what) {
  return std::to_string(number) + ' ' + String(what) + (number == 1 ? "" : "s");
}

/// Whether a step of a pointer is an index, or a key with enough digits to be an id.
bool names_one_of_many(std::string_view step) {
  constexpr std::size_t digits_of_an_id = 4;
  const auto digits = static_cast<std::size_t>(std::count_if(step.begin(), step.end(), ascii::is_digit));
  return (digits == step.size() && digits > 0) || digits >= digits_of_an_id;
}

}  // namespace

String field_of(std::string_view pointer) {
  String field;
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view step = pointer.substr(1, end - 1);
    field.append("/").append(names_one_of_many(step) ? "*" : step);
    pointer.remove_prefix(end);
  }
  return field;
}

void LoadTally::stored(const contract::Records& records) {
  visitors_ += records.visitors.size();
  agents_ += records.agents.size();
  chats_ += records.chats.size();
  messages_ += records.messages.size();
  departments_ += records.departments.size();
  offline_messages_ += records.offline_messages.size();
  contacts_ += records.contacts.size();
  page_visits_ += records.page_visits.size();
  counters_ += records.counters.size();
  files_ += records.files.size();
  file_parts_ += records.file_parts.size();
  const auto keep = [this]<class T>(const List<T>& list) {
    for (const T& record : list) kept(record.extensions, shape::canonical_view<T>);
  };
  keep(records.visitors), keep(records.agents), keep(records.chats), keep(records.messages);
  keep(records.departments), keep(records.offline_messages), keep(records.contacts), keep(records.files);
}

void LoadTally::kept(const shape::Extensions& extensions, const shape::View& view) {
  const shape::View& own = shape_ == nullptr ? view : *shape_->shape->view;
  for (const shape::Extension& extension : extensions) {
    if (extension.shape != own.name) continue;
    String field;
    shape::append_pointer(extension.key, field);
    const String name = shape_ == nullptr ? "Parley's " + String(view.record) : shape_->name();
    note(field_of(field), own.find(extension.key) >= 0
                              ? "kept as it is, but not understood: another kind of value is expected here"
                              : "kept as it is, but not understood: " + name + " has no such member");
  }
}

void LoadTally::lost(const Report& report) {
  for (const Entry& entry : report.entries) {
    if (entry.change == Change::invented) continue;
    note(field_of(entry.pointer), String(name_of(entry.change)) + ": " + entry.reason);
  }
}

void LoadTally::note(const String& field, String what) {
  const auto found = fields_.find(field);
  if (found != fields_.end()) {
    ++found->second.times;
  } else if (fields_.size() < most_fields) {
    fields_.emplace(field, Field{1, std::move(what)});
  } else {
    Field& others = fields_["(other fields)"];
    ++others.times;
    others.what = "lost, changed or not understood";
  }
}

String LoadTally::text() const {
  return counted(visitors_, "visitor") + ", " + counted(agents_, "agent") + ", " + counted(chats_, "chat") +
         (messages_ == 0 ? String() : ", " + counted(messages_, "message")) +
         (departments_ == 0 ? String() : ", " + counted(departments_, "department")) +
         (offline_messages_ == 0 ? String() : ", " + counted(offline_messages_, "offline message")) +
         (contacts_ == 0 ? String() : ", " + counted(contacts_, "contact")) +
         (page_visits_ == 0 ? String() : ", " + counted(page_visits_, "page visit")) +
         (files_ == 0 ? String() : ", " + counted(files_, "file"));
}

String LoadTally::table() const {
  String table;
  const auto count = [&table](std::string_view name, std::size_t number) {
    const String digits = std::to_string(number);
    table.append("  ").append(name).append(name.size() < 10 ? 10 - name.size() : 1, ' ');
    table.append(digits.size() < 10 ? 10 - digits.size() : 0, ' ').append(digits).append("\n");
  };
  table += "stored:\n";
  count("visitors", visitors_);
  count("agents", agents_);
  count("chats", chats_);
  if (messages_ != 0) count("messages", messages_);
  if (departments_ != 0) count("departments", departments_);
  if (offline_messages_ != 0) count("offline messages", offline_messages_);
  if (contacts_ != 0) count("contacts", contacts_);
  if (page_visits_ != 0) count("page visits", page_visits_);
  if (files_ != 0) count("files", files_);
  if (fields_.empty()) return table + "lost: nothing\n";
  table += "lost or not understood, by field:\n";
  std::size_t widest = 0;
  for (const auto& [name, field] : fields_) widest = std::max(widest, name.size());
  for (const auto& [name, field] : fields_) {
    const String times = std::to_string(field.times);
    table.append("  ").append(name).append(widest - name.size(), ' ');
    table.append(times.size() < 10 ? 10 - times.size() : 1, ' ').append(times);
    table.append("  ").append(field.what).append("\n");
  }
  return table;
}

}  // namespace parley::gateway::translate
