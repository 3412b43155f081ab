// The @NAME@ API as Parley serves it.
#pragma once

#include "adapters/contract/facade.hpp"
#include "adapters/@NAME@/errors.hpp"
#include "adapters/@NAME@/settings.hpp"

namespace parley::@NAME@ {

inline constexpr std::string_view json_type = "application/json";

/// The endpoint table (endpoints.cpp).
[[nodiscard]] std::span<const contract::Endpoint> endpoints() noexcept;

/// Writes status and document of any error (errors.cpp).
void render_error(const Error& error, http::Reply& reply);

class Facade final : public contract::Facade {
 public:
  explicit Facade(const config::Route& route)
      : open_(route.auth.none),
        auth_(config::settings_of<RouteAuth>(route)),
        settings_(config::settings_of<RouteSettings>(route)) {}

  [[nodiscard]] std::span<const contract::Endpoint> endpoints() const noexcept override { return @NAME@::endpoints(); }
  [[nodiscard]] bool ignores_path_case() const noexcept override { return false; }
  Result<std::string_view> admit(const http::Request& request) const override;
  Result<void> encode(const Outcome& outcome, const http::Request& request, http::Reply& reply) const override;
  /// Write the document for each type of answer. The last one lists the types for which this API has no document.
  Result<void> show(const Ref<Agent>& record, http::Reply& reply) const;
  Result<void> show(const Page<Agent>& page, http::Reply& reply) const;
  template <contract::OneOf<Ref<Chat>, Page<Chat>, OpenedChat, Ref<Visitor>, Page<Visitor>, RecordedPage, List<Channel>,
                            PostedMessage, Ref<Message>, Transcript, List<Transcript>, ClosedChats, DeletedChats,
                            Page<Department>, Ref<Department>, Ref<OfflineMessage>, Page<OfflineMessage>,
                            DeletedOfflineMessages, ErasedVisitor, Site, OpenedFile, Ref<Contact>, Page<Contact>,
                            DeletedContacts>
                Other>
  Result<void> show(const Other&, http::Reply&) const {
    return fault(Code::unsupported_operation, "@NAME@ has no document for this.");
  }
  void render(const Error& error, const http::Request&, http::Reply& reply) const override {
    render_error(error, reply);
  }

 private:
  bool open_;  // asks for no credentials
  RouteAuth auth_;
  RouteSettings settings_;
};

}  // namespace parley::@NAME@
