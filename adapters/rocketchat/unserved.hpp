// The calls of Rocket.Chat that the facade does not have.
#pragma once

#include <array>

#include "adapters/contract/adapter.hpp"

namespace parley::rocketchat {

namespace reason {
inline constexpr std::string_view contacts =
    "Parley keeps a person's channels, and no contact book with fields of its own yet";
}  // namespace reason

inline constexpr std::array unserved = {
    contract::UnservedCall{http::Method::get, "/api/v1/livechat/custom-fields",
                           "Parley takes any custom field, so it has no list of them"},
    contract::UnservedCall{http::Method::get, "/api/v1/livechat/custom-fields/:_id",
                           "Parley takes any custom field, so it has no list of them"},
    contract::UnservedCall{http::Method::post, "/api/v1/omnichannel/contact", reason::contacts},
    contract::UnservedCall{http::Method::get, "/api/v1/omnichannel/contact", reason::contacts},
    contract::UnservedCall{http::Method::get, "/api/v1/omnichannel/contact.search", reason::contacts},
    contract::UnservedCall{http::Method::post, "/api/v1/omnichannel/contacts", reason::contacts},
    contract::UnservedCall{http::Method::post, "/api/v1/omnichannel/contacts.update", reason::contacts},
    contract::UnservedCall{http::Method::post, "/api/v1/omnichannel/contacts.delete", reason::contacts},
    contract::UnservedCall{http::Method::get, "/api/v1/omnichannel/contacts.get", reason::contacts},
    contract::UnservedCall{http::Method::get, "/api/v1/omnichannel/contacts.search", reason::contacts},
    contract::UnservedCall{http::Method::get, "/api/v1/omnichannel/contacts.history", reason::contacts},
    contract::UnservedCall{http::Method::get, "/api/v1/omnichannel/contacts.checkExistence", reason::contacts},
};

}  // namespace parley::rocketchat
