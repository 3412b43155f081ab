// The canonical answers: what a backend gives back and a facade encodes.
#pragma once

#include <boost/smart_ptr/local_shared_ptr.hpp>
#include <boost/smart_ptr/make_local_shared.hpp>
#include <variant>

#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/channel.hpp"
#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/page_visit.hpp"
#include "schemas/canonical/visitor.hpp"

namespace parley {

/// A record that a worker's cache may share: counted without atomics, so it never leaves its thread.
template <class T>
using Ref = boost::local_shared_ptr<const T>;

/// The visitor's open chat. `created` = it was opened by this request.
struct OpenedChat {
  Chat chat;
  bool created = false;
};
/// `stored` = the page was noted (a backend may be set to note only one kind of change).
struct RecordedPage {
  PageVisit page;
  bool stored = true;
};

using Outcome = std::variant<Ref<Chat>, Ref<Visitor>, List<Visitor>, Ref<Agent>, List<Agent>, List<Channel>, OpenedChat,
                             RecordedPage>;

}  // namespace parley
