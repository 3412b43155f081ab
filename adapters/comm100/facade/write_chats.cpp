// The answers of the chat history; see chats.hpp.
#include <array>

#include "adapters/comm100/facade/chats.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/contract/own_counts.hpp"
#include "schemas/shape/write_members.hpp"

namespace parley::comm100 {
namespace {

using http::Reply;

/// The rows that an `include` asks for.
struct IncludedRow {
  std::string_view key;
  bool Includes::*wanted;
};
constexpr std::array<IncludedRow, 5> included_rows = {{{"visitor", &Includes::visitor},
                                                       {"chatAgents", &Includes::agents},
                                                       {"postChatSurvey", &Includes::survey},
                                                       {"customFields", &Includes::values},
                                                       {"customVariables", &Includes::values}}};

/// The rows of a chat that are shown, as bits.
std::uint64_t rows_of(const Includes& includes) noexcept {
  std::uint64_t rows = ~std::uint64_t{0};
  for (const IncludedRow& one : included_rows) {
    if (includes.*one.wanted) continue;
    rows &= ~(std::uint64_t{1} << static_cast<unsigned>(shape::view<chat>.find(one.key)));
  }
  return rows;
}

/// Writes chats into a reply.
class ChatWriter {
 public:
  ChatWriter(const Facade& facade, const Includes& includes, Reply& reply)
      : rows_(rows_of(includes)),
        reply_(reply),
        told_(reply.losses),
        writer_(reply.body),
        report_(facade.reports_losses()) {
    reply.status = 200;
    reply.content_type = json_type;
  }

  /// Writes a chat with its messages, unless they are nullptr, and ends the document.
  void transcript(const Chat& record, const Page<Message>* messages) {
    http::BodyCutter cutter(reply_, messages == nullptr ? 0 : messages->records.size());
    writer_.begin_object();
    members(record);
    if (messages != nullptr) {
      writer_.quoted_key("\"messages\":");
      writer_.begin_array();
      for (const Ref<Message>& one : messages->records) {
        if (!cutter.next()) break;
        told_.write(one, shape::view<message>, writer_, report_);
      }
      writer_.end_array();
    }
    end(cutter);
  }

  /// Writes a page of chats, the number of all and the addresses of the pages beside it, and ends the document.
  void found(const FoundPage& page, const Page<Chat>& chats) {
    http::BodyCutter cutter(reply_, chats.records.size());
    writer_.begin_object();
    writer_.quoted_key("\"list\":");
    writer_.begin_array();
    for (const Ref<Chat>& one : chats.records) {
      if (!cutter.next()) break;
      writer_.begin_object();
      members(*one);
      writer_.end_object();
    }
    writer_.end_array();
    write_pages(page, chats.matching(), writer_);
    end(cutter);
  }

 private:
  void end(http::BodyCutter& cutter) {
    writer_.end_object();
    writer_.finish();
    cutter.finish();
    contract::forgive_own_counts(reply_.losses);
    // The chat around its messages says which chat they are of. A store shows whether a person is online at this moment, not in the chat.
    std::erase_if(reply_.losses, [](const shape::Loss& loss) {
      return loss.member.view() == "message.chat" || loss.member.view() == "participant.online";
    });
  }

  void members(const Chat& record) {
    if (report_) told_.find(shape::view<chat>, &record);
    const auto is_transcript = [](const shape::Extension& one) {
      return one.key == "messages" && one.shape == shape::view<chat>.name;
    };
    if (std::none_of(record.extensions.begin(), record.extensions.end(), is_transcript)) {
      return shape::write_rows(shape::view<chat>, &record, rows_, writer_);
    }
    // The chat was loaded from a document with its messages: the answer has those that the backend answers with.
    Chat without = record;
    std::erase_if(without.extensions, is_transcript);
    shape::write_rows(shape::view<chat>, &without, rows_, writer_);
  }

  const std::uint64_t rows_;
  Reply& reply_;
  shape::DistinctLosses told_;
  shape::Writer writer_;
  const bool report_;
};

}  // namespace

Result<void> write_chat(const Facade& facade, const Includes& includes, const Transcript& answer, Reply& reply) {
  ChatWriter(facade, includes, reply).transcript(*answer.chat, includes.messages ? &answer.messages : nullptr);
  return {};
}

Result<void> write_found(const Facade& facade, const FoundPage& page, const Page<Chat>& answer, Reply& reply) {
  ChatWriter(facade, page.includes, reply).found(page, answer);
  return {};
}

Result<void> write_nothing(const Facade&, const DeletedChats&, Reply& reply) {
  reply.status = 204;
  return {};
}

}  // namespace parley::comm100
