// The types that operations answer with, apart from plain lists and pages of records.
#pragma once

#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/channel.hpp"
#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/page_visit.hpp"
#include "schemas/canonical/visitor.hpp"
#include "schemas/page.hpp"
#include "schemas/ref.hpp"

namespace parley {

/// The visitor's open chat. `created`: this request opened it.
struct OpenedChat {
  OpenedChat(Chat&& opened, bool is_new) : chat(std::move(opened)), created(is_new) {}
  OpenedChat(const Chat& opened, bool is_new) : chat(opened), created(is_new) {}
  Ref<Chat> chat;
  bool created;
};
/// `stored`: the backend kept the visit. A backend may be configured to keep only one kind of change.
struct RecordedPage {
  PageVisit page;
  bool stored = true;
};

}  // namespace parley
