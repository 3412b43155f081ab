// The model's string and list types, as aliases: an arena can be put under them without touching a table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley {

using String = std::string;
template <class T>
using List = std::vector<T>;

}  // namespace parley
