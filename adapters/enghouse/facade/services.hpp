// How each of the vendor's services fails: the members of its answer, and its words for a chat that it does not find.
#pragma once

#include "adapters/contract/endpoint.hpp"

namespace parley::enghouse {

struct Service {
  std::string_view failure;  ///< the answer of a failure up to its text: `{"result":false,"contact":null,"error":`
  std::string_view absent;   ///< what it says where the chat or the domain is not there for it
  bool script;               ///< a caller may get a script (JSONP); else the callback is not read
};

inline constexpr std::string_view not_active = "chat not active";

/// Also the form of errors that belong to no service.
inline constexpr Service contact_service{R"({"result":false,"contact":null,"error":)", not_active, true};
inline constexpr Service active_service{R"({"result":false,"contacts":null,"error":)", not_active, true};
inline constexpr Service history_service{R"({"result":false,"messages":null,"error":)", not_active, true};
inline constexpr Service collections_service{R"({"result":false,"datacollections":null,"error":)", not_active, true};
inline constexpr Service transcript_service{R"({"result":false,"isChatActive":false,"chatTranscript":null,"error":)",
                                            "no such chat", true};
inline constexpr Service ended_service{R"({"result":false,"chatTranscripts":null,"error":)",
                                       "no ended chat with this id", true};
inline constexpr Service search_service{R"({"result":false,"chatTranscripts":null,"error":)", "unknown domain", false};
inline constexpr Service send_service{R"({"result":false,"error":)", not_active, false};
inline constexpr Service end_all_service{R"({"result":false,"contacts":null,"error":)", "unknown domain", false};
/// A file that Parley keeps; the vendor has no such service.
inline constexpr Service file_service{R"({"result":false,"error":)", "no such file", false};

/// The service of an endpoint. `contact_service` for nullptr, and for an endpoint of another facade.
[[nodiscard]] const Service& service_of(const contract::Endpoint* endpoint) noexcept;

}  // namespace parley::enghouse
