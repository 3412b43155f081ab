// The calls of Comm100 that the facade does not have.
#pragma once

#include <array>

#include "adapters/contract/adapter.hpp"

namespace parley::comm100 {

namespace reason {
inline constexpr std::string_view contacts =
    "Parley keeps a person's channels, and no contact book with fields of its own yet";
inline constexpr std::string_view webhooks = "Parley sends no webhooks yet";
inline constexpr std::string_view tickets = "Parley has no tickets";
}  // namespace reason

inline constexpr std::array unserved = {
    contract::UnservedCall{http::Method::get, "/v4/livechat/webhooks", reason::webhooks},
    contract::UnservedCall{http::Method::post, "/v4/livechat/webhooks", reason::webhooks},
    contract::UnservedCall{http::Method::get, "/v4/livechat/webhooks/:id", reason::webhooks},
    contract::UnservedCall{http::Method::put, "/v4/livechat/webhooks/:id", reason::webhooks},
    contract::UnservedCall{http::Method::del, "/v4/livechat/webhooks/:id", reason::webhooks},
    contract::UnservedCall{http::Method::post, "/v4/livechat/offlineMessages/:id:AttachToTicket", reason::tickets},
    contract::UnservedCall{http::Method::get, "/v4/contact/contacts", reason::contacts},
    contract::UnservedCall{http::Method::post, "/v4/contact/contacts", reason::contacts},
    contract::UnservedCall{http::Method::post, "/v4/contact/contacts:query", reason::contacts},
    contract::UnservedCall{http::Method::get, "/v4/contact/contacts/:id", reason::contacts},
    contract::UnservedCall{http::Method::put, "/v4/contact/contacts/:id", reason::contacts},
    contract::UnservedCall{http::Method::del, "/v4/contact/contacts/:id", reason::contacts},
    contract::UnservedCall{http::Method::post, "/v4/contact/contacts/:id:merge", reason::contacts},
    contract::UnservedCall{http::Method::get, "/v4/contact/contactIdentities", reason::contacts},
    contract::UnservedCall{http::Method::get, "/v4/contact/contactIdentities/:id", reason::contacts},
};

}  // namespace parley::comm100
