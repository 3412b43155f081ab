// The document around an answer's records, for encode.cpp and encode_chat.cpp.
#pragma once

#include <algorithm>
#include <array>

#include "adapters/rocketchat/facade/facade.hpp"
#include "schemas/shape/distinct_losses.hpp"

namespace parley::rocketchat {

/// Writes a member with a text.
inline void member(shape::Writer& writer, std::string_view key, std::string_view text) {
  writer.key(key);
  writer.string(text);
}

/// The vendor's answer around a document: `{"visitor":{…},"success":true}`.
class Answer {
 public:
  Answer(const Facade& facade, http::Reply& reply)
      : reply_(reply), report_(facade.reports_losses()), told_(reply.losses), writer_(reply.body) {
    reply.status = 200;
    reply.content_type = json_type;
    facade.add_common_headers(reply);
    writer_.begin_object();
  }

  /// Ends the answer. What Parley itself counts is not a loss in an answer: a client finds it in the order of messages, in `msgs` and in
  /// `servedBy`.
  Result<void> end() {
    std::erase_if(reply_.losses, [](const shape::Loss& loss) {
      return std::find(own_counts.begin(), own_counts.end(), loss.member.view()) != own_counts.end();
    });
    writer_.key("success");
    writer_.boolean(true);
    writer_.end_object();
    writer_.finish();
    return {};
  }

  [[nodiscard]] shape::Writer& writer() noexcept { return writer_; }
  /// Receives losses; nullptr: the route does not report them.
  [[nodiscard]] shape::Losses* losses() const noexcept { return report_ ? &reply_.losses : nullptr; }

  /// Writes a record under a key.
  template <class T>
  void record(std::string_view key, const shape::View& view, const Ref<T>& record) {
    writer_.key(key);
    record.write(view, writer_, losses());
  }
  void record(std::string_view key, const shape::View& view, const void* object) {
    writer_.key(key);
    write(view, object);
  }
  void write(const shape::View& view, const void* object) {
    shape::write_object(view, object, writer_);
    if (report_) told_.find(view, object);
  }
  /// Writes a record of a list.
  template <class T>
  void write(const shape::View& view, const Ref<T>& record) {
    told_.write(record, view, writer_, report_);
  }

  /// Reports what a document lacks that the caller has written.
  void find_losses(const shape::View& view, const void* object) {
    if (report_) told_.find(view, object);
  }

  void numbers(std::size_t shown, std::size_t offset, std::size_t total) {
    number("count", shown);
    number("offset", offset);
    number("total", total);
  }

 private:
  static constexpr std::array<std::string_view, 7> own_counts = {
      "message.number",      "chat.sequence", "chat.taken_at",   "chat.visitor_messages",
      "chat.agent_messages", "identity.id",   "identity.contact"};

  void number(std::string_view key, std::size_t value) {
    writer_.key(key);
    writer_.integer(static_cast<std::int64_t>(value));
  }

  http::Reply& reply_;
  bool report_;
  shape::DistinctLosses told_;
  shape::Writer writer_;
};

/// Shows a page of a list, with `count`, `offset` and `total`.
template <class T>
Result<void> show_list(const Facade& facade, std::string_view key, const shape::View& view, std::size_t offset,
                       const Page<T>& page, http::Reply& reply) {
  Answer answer(facade, reply);
  shape::Writer& writer = answer.writer();
  writer.key(key);
  writer.begin_array();
  for (const Ref<T>& record : page.records) {
    if (writer.out().overflowed()) break;
    answer.write(view, record);
  }
  writer.end_array();
  answer.numbers(page.records.size(), offset, page.matching());
  return answer.end();
}

}  // namespace parley::rocketchat
