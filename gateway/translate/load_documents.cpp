// Turns vendor documents into records; see load_documents.hpp.
#include "gateway/translate/load_documents.hpp"

#include <algorithm>
#include <iterator>

#include "gateway/translate/likeness.hpp"
#include "gateway/translate/place.hpp"
#include "gateway/translate/text_losses.hpp"
#include "gateway/translate/text_place.hpp"

namespace parley::gateway::translate {
namespace {

template <class T>
void append(List<T> from, List<T>& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void put(Chat chat, contract::Records& records) { records.chats.push_back(std::move(chat)); }
void put(Visitor visitor, contract::Records& records) { records.visitors.push_back(std::move(visitor)); }
void put(Agent agent, contract::Records& records) { records.agents.push_back(std::move(agent)); }
void put(List<Visitor> visitors, contract::Records& records) { append(std::move(visitors), records.visitors); }
void put(List<Agent> agents, contract::Records& records) { append(std::move(agents), records.agents); }
void put(List<Message> messages, contract::Records& records) { append(std::move(messages), records.messages); }
void put(Department department, contract::Records& records) { records.departments.push_back(std::move(department)); }
void put(List<Department> departments, contract::Records& records) {
  append(std::move(departments), records.departments);
}
void put(OfflineMessage message, contract::Records& records) { records.offline_messages.push_back(std::move(message)); }
void put(List<OfflineMessage> messages, contract::Records& records) {
  append(std::move(messages), records.offline_messages);
}
void put(Contact contact, contract::Records& records) { records.contacts.push_back(std::move(contact)); }
void put(List<Contact> contacts, contract::Records& records) { append(std::move(contacts), records.contacts); }
void put(List<Channel>, contract::Records&) {}  // refused by add_record

/// Removes people without an id: a chat need not have one for each.
void drop_nameless(Record& record) {
  const auto nameless = [](const auto& one) { return one.id.empty(); };
  if (auto* visitors = std::get_if<List<Visitor>>(&record)) std::erase_if(*visitors, nameless);
  if (auto* agents = std::get_if<List<Agent>>(&record)) std::erase_if(*agents, nameless);
}

bool lacks_id(const Channel&) { return false; }
template <class T>
bool lacks_id(const T& record) {
  return record.id.empty();
}
template <class T>
bool lacks_id(const List<T>& records) {
  return std::any_of(records.begin(), records.end(), [](const T& one) { return lacks_id(one); });
}
bool lacks_id(const Record& record) {
  return std::visit([](const auto& own) { return lacks_id(own); }, record);
}

RecordKind element_of(RecordKind kind) noexcept {
  if (kind == RecordKind::visitors) return RecordKind::visitor;
  if (kind == RecordKind::agents) return RecordKind::agent;
  if (kind == RecordKind::departments) return RecordKind::department;
  if (kind == RecordKind::offline_messages) return RecordKind::offline_message;
  if (kind == RecordKind::contacts) return RecordKind::contact;
  return kind;
}

const NamedShape& canonical_of(RecordKind kind) {
  const std::span<const NamedShape> all = catalogue();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [kind](const NamedShape& one) { return one.canonical() && one.shape->kind == kind; });
  return found == all.end() ? all.front() : *found;
}

Error invalid(String message) { return Error{.code = Code::invalid_field, .message = std::move(message)}; }

}  // namespace

Result<void> add_record(const NamedShape& shape, Record record, contract::Records& records) {
  if (std::holds_alternative<List<Channel>>(record)) {
    return Error{.code = Code::unsupported_operation,
                 .message = shape.name() + " does not say whose channels they are, so it cannot be loaded"};
  }
  if (const auto* messages = std::get_if<List<Message>>(&record)) {
    const auto homeless = [](const Message& one) { return one.chat.empty(); };
    if (std::any_of(messages->begin(), messages->end(), homeless)) {
      return Error{.code = Code::unsupported_operation,
                   .message = shape.name() + " does not say which chat a message belongs to, so it cannot be loaded"};
    }
  }
  if (std::holds_alternative<Chat>(record)) {
    for (const contract::Projection& projection : shape.shape->projections) {
      Record other = projection.to(record);
      drop_nameless(other);
      if (lacks_id(other)) continue;
      std::visit([&records](auto& own) { put(std::move(own), records); }, other);
    }
  }
  std::visit([&records](auto& own) { put(std::move(own), records); }, record);
  return {};
}

DocumentReader::DocumentReader(const NamedShape& shape)
    : shape_(shape), element_shape_(*shape.shape), element_(shape), source_(std::make_unique<Source>()) {
  const RecordKind kind = shape.shape->kind;
  if (!shape.shape->list || kind == RecordKind::channels || kind == RecordKind::messages) return;
  element_shape_.kind = element_of(shape.shape->kind);
  element_shape_.list = false;
  element_shape_.envelope_key = {};
  element_shape_.wrap = nullptr;
  element_.shape = &element_shape_;
}

std::string_view DocumentReader::envelope() const noexcept {
  return element_.shape != shape_.shape ? shape_.shape->envelope_key : std::string_view{};
}

Result<void> DocumentReader::read(const Piece& piece, contract::Records& records, Report* losses) {
  const TextPlace begin{piece.line, piece.column};
  const auto placed = [&begin](Error error) { return moved_to(std::move(error), begin); };
  if (!piece.fault.empty()) return placed(invalid(String(piece.fault)));

  const bool alone = element_.shape != shape_.shape && piece.text.starts_with('{');
  const NamedShape* as = alone ? &element_ : &shape_;
  auto done = read_source(*as, piece.text, *source_);
  if (done && alone && !envelope().empty() && source_->document.root().find(envelope()) != nullptr) {
    as = &shape_;  // an envelope without a list: lets the reader report it
    done = read_source(*as, piece.text, *source_);
  }
  if (shape_.shape->kind == RecordKind::messages && piece.text.starts_with('{')) {
    const std::string_view key = shape_.shape->envelope_key;
    // A message alone, as a line or an element of a list.
    if (key.empty() || !done || source_->document.root().find(key) == nullptr) {
      listed_ = "[" + String(piece.text) + "]";
      done = read_source(shape_, listed_, *source_);
    }
  }
  if (!done) return placed(std::move(done).error());
  if (auto checked = check_likeness(shape_, *source_->inner); !checked) return placed(std::move(checked).error());
  if (lacks_id(source_->record)) {  // the store requires an id too, but does not know the place
    return placed(invalid("the id (\"" + String(find_id_key(*shape_.shape->view)) +
                          "\") is missing or not valid: a record without one cannot be stored"));
  }
  if (losses != nullptr) {
    auto measured = measure_losses(*as);
    if (!measured) return placed(std::move(measured).error());
    *losses = std::move(*measured);
    List<Entry> broken_text = text_losses(*as->shape, *source_);
    losses->entries.insert(losses->entries.begin(), std::make_move_iterator(broken_text.begin()),
                           std::make_move_iterator(broken_text.end()));
  }
  if (auto added = add_record(*as, std::move(source_->record), records); !added)
    return placed(std::move(added).error());
  return {};
}

Result<Report> DocumentReader::measure_losses(const NamedShape& as) const {
  const NamedShape& stored = canonical_of(as.shape->kind);
  Buffer text;
  write_record(*stored.shape, source_->record, text);
  return measure({as, stored, *source_->inner, source_->record, source_->record, text.view(), {}, {}});
}

std::size_t count(const contract::Records& records) noexcept {
  return records.visitors.size() + records.agents.size() + records.chats.size() + records.contacts.size() +
         records.messages.size() + records.departments.size() + records.offline_messages.size() +
         records.page_visits.size() + records.counters.size() + records.files.size() + records.file_parts.size();
}

}  // namespace parley::gateway::translate
