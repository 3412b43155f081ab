// POST /erase: removes a visitor with all personal data while the gateway serves the store.
#pragma once

#include "gateway/admin/server.hpp"
#include "gateway/runtime/gateway.hpp"
#include "schemas/answer.hpp"

namespace parley::gateway::admin {

/// The JSON that answers an erasure, with its line end:
/// `{"visitor":"…","at":"…","chats":1,"messages":3,"page_visits":2,"offline_messages":0}`.
[[nodiscard]] String erased_json(const ErasedVisitor& erased);

/// `POST /erase?backend=NAME`. The body names the visitor: `{"visitor":"ID"}` or `{"token":"TOKEN"}`. Answers: 200 and what was removed; 404
/// for an unknown backend or visitor; 409 if the visitor has an open chat; 400 for another body; 422 if the backend is no store; 502 if the
/// store does not answer. `gateway` must outlive the page.
[[nodiscard]] Page erase_page(const runtime::Gateway& gateway);

}  // namespace parley::gateway::admin
