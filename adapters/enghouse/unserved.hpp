// The services of Enghouse that the facade does not have.
#pragma once

#include <array>

#include "adapters/contract/adapter.hpp"

namespace parley::enghouse {

inline constexpr std::array unserved = {
    contract::UnservedCall{http::Method::post, "/imchannel/message",
                           "a messaging channel's webhook into Enghouse; Parley takes no webhooks yet"},
    contract::UnservedCall{http::Method::post, "/livechat/:domain/sendExternalMessageToCtlivesocial",
                           "it posts to social networks, which Parley has no connector for"},
    contract::UnservedCall{http::Method::post, "/livechat/:domain/insertUpdateLiterals",
                           "it changes texts of Enghouse's own chat window"},
};

}  // namespace parley::enghouse
