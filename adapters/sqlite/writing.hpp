// Makes the changes of a decision.
#pragma once

#include <string_view>

#include "adapters/sqlite/database.hpp"
#include "adapters/store/decision.hpp"
#include "schemas/buffer.hpp"

namespace parley::sqlite {

/// Writing, on the writing connection.
class Writing {
 public:
  explicit Writing(Connection& connection);

  void put(const store::Put<Visitor>& put);
  void put(const store::Put<Agent>& put);
  void put(const store::Put<Chat>& put);
  void put(const store::Put<Contact>& put);
  void put(const store::Put<Message>& put);
  void put(const store::Put<Department>& put);
  void put(const store::Put<OfflineMessage>& put);
  void put(const store::Put<File>& put);
  void put(const store::PutFilePart& put);
  void remove(const store::Remove<Chat>& remove);
  void remove(const store::Remove<Visitor>& remove);
  void remove(const store::Remove<Contact>& remove);
  void remove(const store::Remove<Department>& remove);
  void remove(const store::Remove<OfflineMessage>& remove);
  void remove(const store::RemoveMessages& remove);
  void remove(const store::RemovePages& remove);
  void remove(const store::RemoveOldPages& remove);
  void remove(const store::Remove<File>& remove);
  void remove(const store::RemoveUpload& remove);
  void add(const PageVisit& page);
  void set_counter(std::string_view name, std::int64_t value);

 private:
  template <class T>
  std::string_view body_of(const T& record);
  void map_id(std::string_view id);
  /// Call it after the record is removed. Does nothing while another record has the id.
  void unmap_id(std::string_view id);
  /// Does nothing if the indexed values do not change.
  void index(std::int64_t number, const List<Text>& before, const List<Text>& after, bool emails);
  /// The visitors of a contact, and by what it is known. Does nothing if that does not change.
  void index(std::int64_t number, const Contact& before, const Contact& after);
  void index(std::int64_t number, const Contact& contact, bool add);
  /// Removes the files of a chat.
  void drop_files(std::int64_t chat);
  void index_values(std::int64_t number, const Attributes& before, const Attributes& after);

  Connection& connection_;
  Buffer body_;
  Statement add_visitor_, replace_visitor_, see_visitor_, set_token_, move_pages_, add_phone_, drop_phone_, add_email_,
      drop_email_;
  Statement add_agent_, replace_agent_, add_chat_, replace_chat_, replace_chat_body_, add_contact_, replace_contact_;
  Statement add_value_, drop_value_, add_message_, replace_message_, drop_messages_, drop_chat_;
  Statement add_identity_, drop_identity_, add_contact_visitor_, drop_contact_visitor_, map_id_, unmap_id_, add_page_,
      set_counter_;
  Statement add_department_, replace_department_, drop_department_, add_offline_message_, replace_offline_message_;
  Statement drop_offline_message_, drop_visitor_, drop_contact_, purge_chat_, fill_chat_, drop_pages_, drop_old_pages_;
  Statement add_file_, replace_file_, drop_file_, drop_parts_, drop_files_of_, drop_parts_of_, put_part_, begin_upload_,
      end_upload_, drop_upload_;
};

}  // namespace parley::sqlite
