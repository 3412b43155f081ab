// The calls about offline messages.
#pragma once

#include "adapters/comm100/facade/paging.hpp"

namespace parley::comm100 {

/// GET livechat/offlineMessages/{id}. Errors: invalid_field, if the id is neither a number nor a guid.
Result<GetOfflineMessage> read_offline_message(const Facade& facade, const http::Request& request);
/// POST livechat/offlineMessages:search. Errors: those of parse_body but for missing_body; missing_field, invalid_field.
Result<ListOfflineMessages> search_offline_messages(const Facade& facade, const http::Request& request,
                                                    AskedPage& page);
/// PUT livechat/offlineMessages/{id}. Errors: those of parse_body; invalid_field.
Result<ChangeOfflineMessage> put_offline_message(const Facade& facade, const http::Request& request);
/// DELETE livechat/offlineMessages/{id}. Errors: as read_offline_message.
Result<DeleteOfflineMessages> delete_offline_message(const Facade& facade, const http::Request& request);
/// DELETE livechat/offlineMessages, with the ids in the body, at most 1000. Errors: those of parse_body; invalid_field, missing_field.
Result<DeleteOfflineMessages> delete_offline_messages(const Facade& facade, const http::Request& request);

Result<void> write_offline_message(const Facade& facade, const Ref<OfflineMessage>& answer, http::Reply& reply);
Result<void> write_offline_messages(const Facade& facade, const AskedPage& page, const Page<OfflineMessage>& answer,
                                    http::Reply& reply);
Result<void> write_no_offline_messages(const Facade& facade, const DeletedOfflineMessages& answer, http::Reply& reply);

}  // namespace parley::comm100
