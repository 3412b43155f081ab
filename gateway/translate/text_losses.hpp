// Which text of a document was no Unicode, as a report says it.
#pragma once

#include "gateway/translate/translate.hpp"

namespace parley::gateway::translate {

/// An entry for each member or element of the source in whose text or key U+FFFD stands for what was no Unicode, in the order of
/// the document. Pointers begin at the root of the document, its envelope included.
[[nodiscard]] List<Entry> text_losses(const contract::WireShape& shape, const Source& source);

}  // namespace parley::gateway::translate
