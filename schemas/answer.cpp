// What every user of the header would compile again.
#include "schemas/answer.hpp"

namespace parley {

OpenedChat::OpenedChat(Chat&& opened, bool is_new) : chat(std::move(opened)), created(is_new) {}
OpenedChat::OpenedChat(const Chat& opened, bool is_new) : chat(opened), created(is_new) {}

}  // namespace parley
