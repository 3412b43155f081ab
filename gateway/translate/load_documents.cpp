// Vendor documents as records for a store; see load_documents.hpp.
#include "gateway/translate/load_documents.hpp"

#include <iterator>

namespace parley::gateway {
namespace {

template <class T>
void append(List<T> from, List<T>& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void put(Chat chat, adapters::Records& records) { records.chats.push_back(std::move(chat)); }
void put(Visitor visitor, adapters::Records& records) { records.visitors.push_back(std::move(visitor)); }
void put(Agent agent, adapters::Records& records) { records.agents.push_back(std::move(agent)); }
void put(List<Visitor> visitors, adapters::Records& records) { append(std::move(visitors), records.visitors); }
void put(List<Agent> agents, adapters::Records& records) { append(std::move(agents), records.agents); }
void put(List<Channel>, adapters::Records&) {}  // refused by add_record

constexpr std::string_view blanks = " \t\r\n";

/// The line that begins at `at`, without its end.
std::string_view line_at(std::string_view text, std::size_t at) { return text.substr(at, text.find('\n', at) - at); }

bool has_content(std::string_view text) { return text.find_first_not_of(blanks) != std::string_view::npos; }

/// Whether the first line is a document by itself and another follows.
bool is_json_lines(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return false;
  const std::string_view first = line_at(text, begin);
  if (!has_content(text.substr(begin + first.size()))) return false;
  return shape::Document().parse_json(first).has_value();
}

Result<void> add_document(const NamedShape& shape, std::string_view text, adapters::Records& records) {
  Source source;
  if (auto read = read_source(shape, text, source); !read) return read.error();
  return add_record(shape, std::move(source.record), records);
}

/// ` (line 1, …` of a document that is line `number` of its file.
Error renumbered(Error error, std::size_t number) {
  const std::size_t at = error.message.rfind(" (line 1,");
  if (at != String::npos) error.message.replace(at, 9, " (line " + std::to_string(number) + ",");
  return error;
}

}  // namespace

Result<void> add_record(const NamedShape& shape, Record record, adapters::Records& records) {
  if (std::holds_alternative<List<Channel>>(record)) {
    return Error{.code = Code::unsupported_operation,
                 .message = shape.name() + " does not say whose channels they are, so it cannot be loaded"};
  }
  if (std::holds_alternative<Chat>(record)) {
    for (const adapters::Projection& projection : shape.shape->projections) {
      std::visit([&records](auto other) { put(std::move(other), records); }, projection.to(record));
    }
  }
  std::visit([&records](auto& own) { put(std::move(own), records); }, record);
  return {};
}

Result<void> read_documents(const NamedShape& shape, std::string_view text, std::size_t batch,
                            adapters::Records& records, const std::function<Result<void>()>& full) {
  if (!is_json_lines(text)) {
    if (auto added = add_document(shape, text, records); !added) return added;
    return records.empty() ? Result<void>() : full();
  }
  std::size_t number = 1;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::string_view line = line_at(text, at);
    at += line.size() + 1;
    if (!has_content(line)) continue;
    if (auto added = add_document(shape, line, records); !added) return renumbered(std::move(added).error(), number);
    if (count(records) < batch) continue;
    if (auto stored = full(); !stored) return stored;
  }
  return records.empty() ? Result<void>() : full();
}

std::size_t count(const adapters::Records& records) noexcept {
  return records.visitors.size() + records.agents.size() + records.chats.size() + records.contacts.size();
}

}  // namespace parley::gateway
