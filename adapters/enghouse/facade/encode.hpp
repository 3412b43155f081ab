// The answers of the Enghouse facade: as JSON, or as a script that passes the JSON to the caller's callback.
#pragma once

#include "adapters/enghouse/facade/callback.hpp"
#include "adapters/enghouse/facade/facade.hpp"

namespace parley::enghouse {

inline constexpr std::string_view json_type = "application/json; charset=utf-8";
inline constexpr std::string_view script_type = "text/javascript; charset=utf-8";

/// Adds the headers of every answer: no content sniffing, no caching of personal data, and a fixed file name for downloads.
void add_headers(http::Reply& reply);

/// Writes the document for each type of answer: as the script that the caller asked for, or as plain JSON.
class Documents {
 public:
  /// The kind of `callback` must not be `invalid`.
  Documents(const Facade& facade, const Callback& callback, http::Reply& reply) noexcept
      : callback_(callback), reply_(reply), losses_(facade.reports_losses() ? &reply.losses : nullptr) {}

  Result<void> operator()(const Ref<Chat>& chat) const;
  Result<void> operator()(const OpenedChat& opened) const;
  Result<void> operator()(const Ref<Visitor>& visitor) const;
  /// Writes only the ids of the chats.
  Result<void> operator()(const Page<Chat>& chats) const;
  template <contract::OneOf<Page<Visitor>, Ref<Agent>, Page<Agent>, List<Channel>, RecordedPage> Other>
  Result<void> operator()(const Other&) const {
    return refuse(Code::unsupported_operation);
  }

 private:
  Result<void> contact_of(const Chat& chat) const;
  [[nodiscard]] bool in_script() const noexcept { return callback_.kind() == Callback::Kind::named; }
  /// may_be_unsafe of what was written from `begin` on; false outside of scripts.
  [[nodiscard]] bool written_unsafe(const Buffer& out, std::size_t begin) const noexcept;
  /// Writes an envelope: `begin`, what `write_inside` writes, and the end of the envelope. `write_inside` returns whether a script must
  /// change what it wrote.
  template <class Write>
  Result<void> within(std::string_view begin, const Write& write_inside) const;

  const Callback& callback_;
  http::Reply& reply_;
  shape::Losses* losses_;
};

}  // namespace parley::enghouse
