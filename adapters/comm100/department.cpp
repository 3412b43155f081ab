// The codec of a department; see department.hpp.
#include "adapters/comm100/department.hpp"

namespace parley::comm100 {

void LiveChat::losses(const Department& department, std::string_view, shape::Losses& losses) {
  static constexpr char reason[] = "Comm100 chooses the departments of its forms by campaign";
  if (department.hidden_on_registration)
    losses.push_back({shape::Label::constant(shape::lossy<&Department::hidden_on_registration>), reason});
  if (department.hidden_on_offline_form)
    losses.push_back({shape::Label::constant(shape::lossy<&Department::hidden_on_offline_form>), reason});
}

}  // namespace parley::comm100
