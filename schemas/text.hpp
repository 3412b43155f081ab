// The string and list types of the model. They are aliases so that an allocator can be added without changing a table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley {

using String = std::string;
template <class T>
using List = std::vector<T>;

}  // namespace parley
