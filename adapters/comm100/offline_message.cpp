// The codec of an offline message; see offline_message.hpp.
#include "adapters/comm100/offline_message.hpp"

#include <algorithm>

namespace parley::comm100 {

shape::Fit OfflineSource::read(const shape::Node& node, Text& source, shape::Reading& reading) {
  const int found = node.is_text() ? shape::find_word(words, node.text) : -1;
  if (found < 0) return reading.refuse(node, shape::list_words(words));
  reading.keep(node.text, source);
  return shape::Fit::exact;
}

void OfflineSource::write(const Text& source, shape::Writer& writer) {
  writer.string(words[static_cast<std::size_t>(std::max(shape::find_word(words, source), 0))]);
}

void OfflineSource::losses(const Text& source, std::string_view member, shape::Losses& losses) {
  if (!source.empty() && shape::find_word(words, source) < 0)
    losses.push_back({shape::Label::constant(member), "Comm100 does not know this way to the form"});
}

}  // namespace parley::comm100
