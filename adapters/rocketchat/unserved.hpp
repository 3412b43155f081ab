// The calls of Rocket.Chat that the facade does not have.
#pragma once

#include <array>

#include "adapters/contract/adapter.hpp"

namespace parley::rocketchat {

namespace reason {
inline constexpr std::string_view enterprise = "blocking is of the vendor's enterprise edition";
}  // namespace reason

inline constexpr std::array unserved = {
    contract::UnservedCall{http::Method::get, "/api/v1/livechat/custom-fields",
                           "Parley takes any custom field, so it has no list of them"},
    contract::UnservedCall{http::Method::get, "/api/v1/livechat/custom-fields/:_id",
                           "Parley takes any custom field, so it has no list of them"},
    contract::UnservedCall{http::Method::post, "/api/v1/omnichannel/contacts.block", reason::enterprise},
    contract::UnservedCall{http::Method::post, "/api/v1/omnichannel/contacts.unblock", reason::enterprise},
};

}  // namespace parley::rocketchat
