// The calls of Comm100 that the facade does not have.
#pragma once

#include <array>

#include "adapters/contract/adapter.hpp"

namespace parley::comm100 {

namespace reason {
inline constexpr std::string_view lists =
    "Parley fetches and makes no lists as files; `parley load` and `parley dump` read and write contacts";
inline constexpr std::string_view fields = "Parley takes any custom field of a contact, so it has no list of them";
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
    contract::UnservedCall{http::Method::post, "/v4/contact/contacts:import", reason::lists},
    contract::UnservedCall{http::Method::post, "/v4/contact/contacts:export", reason::lists},
    contract::UnservedCall{http::Method::get, "/v4/contact/fields", reason::fields},
    contract::UnservedCall{http::Method::post, "/v4/contact/fields", reason::fields},
    contract::UnservedCall{http::Method::post, "/v4/contact/fields:reorder", reason::fields},
    contract::UnservedCall{http::Method::get, "/v4/contact/fields/:id", reason::fields},
    contract::UnservedCall{http::Method::put, "/v4/contact/fields/:id", reason::fields},
    contract::UnservedCall{http::Method::del, "/v4/contact/fields/:id", reason::fields},
};

}  // namespace parley::comm100
