// The query parameters that the vendor's validators accept in each call. The endpoint table and read_query use them.
#pragma once

#include "adapters/contract/facade.hpp"

namespace parley::rocketchat::parameters {

using contract::QueryParameter;
using contract::QueryValue;

/// Why MongoDB's `query` and `fields` have no effect in lists. Some of the vendor's validators still accept them.
inline constexpr std::string_view since_7 =
    "the vendor's validator takes it, and since 7.0 its server does not look at it";

inline constexpr QueryParameter offset{.name = "offset", .value = QueryValue::number};
inline constexpr QueryParameter count{.name = "count", .value = QueryValue::number};
inline constexpr QueryParameter sort{.name = "sort"};
inline constexpr QueryParameter query{.name = "query", .ignored = since_7};
inline constexpr QueryParameter fields{.name = "fields", .ignored = since_7};

inline constexpr QueryParameter token{.name = "token", .required = true};

/// Why `ls`, when the client last looked, has no effect.
inline constexpr std::string_view only_counted =
    "the vendor's server only counts what is unread since then, and leaves the number out of this answer";

inline constexpr std::array message = {token, QueryParameter{.name = "rid", .required = true}};
inline constexpr std::array history = {token,
                                       QueryParameter{.name = "ls", .ignored = only_counted},
                                       QueryParameter{.name = "end"},
                                       QueryParameter{.name = "limit", .value = QueryValue::number},
                                       QueryParameter{.name = "searchText"},
                                       offset,
                                       count,
                                       sort};
/// Why the type of a room has no effect.
inline constexpr std::string_view only_livechat = "files of other rooms are none that Parley has";

/// The credentials of a visitor, where no cookies or headers have any.
inline constexpr std::array file = {QueryParameter{.name = "rc_token", .required = true},
                                    QueryParameter{.name = "rc_rid", .required = true},
                                    QueryParameter{.name = "rc_room_type", .ignored = only_livechat}};
inline constexpr std::array room_messages = {QueryParameter{.name = "searchTerm"}, offset, count, sort};
inline constexpr std::array chat_history = {offset, count, sort};
inline constexpr std::array search_chats = {QueryParameter{.name = "searchText"},
                                            QueryParameter{.name = "closedChatsOnly"},
                                            QueryParameter{.name = "servedChatsOnly"},
                                            QueryParameter{.name = "source"},
                                            offset,
                                            count,
                                            sort};
inline constexpr std::array room_join = {QueryParameter{.name = "roomId", .required = true}};
inline constexpr std::array channels = {QueryParameter{.name = "contactId", .required = true}};
inline constexpr std::array visitor_info = {QueryParameter{.name = "visitorId", .required = true}};
inline constexpr std::array room = {token, QueryParameter{.name = "rid"}, QueryParameter{.name = "agentId"}};
inline constexpr std::array room_info = {QueryParameter{.name = "roomId"}, QueryParameter{.name = "roomName"}, fields};
inline constexpr std::array pages = {offset, count, sort};
inline constexpr std::array visitors = {QueryParameter{.name = "term", .required = true}, offset, count, sort};
inline constexpr std::array agents = {QueryParameter{.name = "text"},
                                      QueryParameter{.name = "onlyAvailable", .value = QueryValue::boolean},
                                      QueryParameter{.name = "excludeId"},
                                      QueryParameter{.name = "showIdleAgents", .value = QueryValue::boolean},
                                      offset,
                                      count,
                                      sort,
                                      query,
                                      fields};
inline constexpr std::array rooms = {QueryParameter{.name = "agents", .value = QueryValue::list},
                                     QueryParameter{.name = "roomName"},
                                     QueryParameter{.name = "departmentId", .value = QueryValue::list},
                                     QueryParameter{.name = "open"},
                                     QueryParameter{.name = "onhold"},
                                     QueryParameter{.name = "queued"},
                                     QueryParameter{.name = "tags", .value = QueryValue::list},
                                     QueryParameter{.name = "units", .value = QueryValue::list},
                                     QueryParameter{.name = "createdAt"},
                                     QueryParameter{.name = "closedAt"},
                                     QueryParameter{.name = "customFields"},
                                     offset,
                                     count,
                                     sort,
                                     query,
                                     fields};

inline constexpr std::array contact = {QueryParameter{.name = "contactId", .required = true}};
inline constexpr std::array contact_existence = {QueryParameter{.name = "contactId"}, QueryParameter{.name = "email"},
                                                 QueryParameter{.name = "phone"}};
inline constexpr std::array contacts = {QueryParameter{.name = "searchText"},
                                        QueryParameter{.name = "unknown", .value = QueryValue::boolean}, offset, count,
                                        sort};
inline constexpr std::array contact_history = {QueryParameter{.name = "contactId", .required = true},
                                               QueryParameter{.name = "source"}, offset, count, sort};
inline constexpr std::array visitor_contact = {QueryParameter{.name = "email"}, QueryParameter{.name = "phone"},
                                               QueryParameter{.name = "custom"}};

/// Why `businessUnit` has no effect.
inline constexpr std::string_view no_units = "units are of the vendor's enterprise edition, and Parley has none";
inline constexpr std::array config = {QueryParameter{.name = "token"}, QueryParameter{.name = "department"},
                                      QueryParameter{.name = "businessUnit", .ignored = no_units}};
inline constexpr std::array next_agent = {QueryParameter{.name = "department"}};

/// Why `onlyMyDepartments` has no effect.
inline constexpr std::string_view of_units =
    "the vendor's server applies it to the units of its enterprise edition, which Parley does not have";
inline constexpr QueryParameter only_mine{.name = "onlyMyDepartments", .ignored = of_units};
inline constexpr QueryParameter show_archived{.name = "showArchived"};
inline constexpr QueryParameter but_department{.name = "excludeDepartmentId"};
inline constexpr std::array departments = {QueryParameter{.name = "text"},
                                           QueryParameter{.name = "enabled"},
                                           only_mine,
                                           but_department,
                                           show_archived,
                                           offset,
                                           count,
                                           sort};
inline constexpr std::array archived_departments = {
    QueryParameter{.name = "text"}, only_mine, but_department, offset, count, sort};
inline constexpr std::array departments_by_ids = {QueryParameter{.name = "ids", .value = QueryValue::list}, fields};
inline constexpr std::array department_names = {QueryParameter{.name = "selector"}, only_mine};
inline constexpr std::array department = {QueryParameter{.name = "includeAgents"}, only_mine};
inline constexpr std::array department_agents = {offset, count, sort};

}  // namespace parley::rocketchat::parameters
