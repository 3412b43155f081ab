// Lists the text of a document that was invalid Unicode.
#pragma once

#include "gateway/translate/translate.hpp"

namespace parley::gateway::translate {

/// One entry for each member or element whose key or text had invalid Unicode, replaced by U+FFFD, in the order of the
/// document. Pointers begin at the root of the document, with its envelope.
[[nodiscard]] List<Entry> text_losses(const contract::WireShape& shape, const Source& source);
/// The same for one record by its table, which stands at `inner` in a document.
[[nodiscard]] List<Entry> text_losses(const shape::View& view, const shape::Node& root, const shape::Node& inner);

}  // namespace parley::gateway::translate
