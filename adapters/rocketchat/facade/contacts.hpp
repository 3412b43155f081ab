// The calls about contacts: those of current servers (omnichannel/contacts…), and the older ones, whose contacts are visitors
// (omnichannel/contact…).
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat {

// --- visitors --------------------------------------------------------------------------------------------------------

/// POST omnichannel/contact. Errors: those of read_body; invalid_field; malformed_request, for a custom field that the route does not keep.
Result<RegisterVisitor> save_visitor_contact(const Facade& facade, const http::Request& request);
/// GET omnichannel/contact.
Result<GetVisitor> get_visitor_contact(const Facade& facade, const http::Request& request);
/// GET omnichannel/contact.search: the visitors with the address, number and fields.
Result<ListVisitors> find_visitor_contact(const Facade& facade, const http::Request& request, List<String>& values);

/// Shows the id.
Result<void> show_saved_visitor(const Facade& facade, const Ref<Visitor>& visitor, http::Reply& reply);
/// Shows the visitor without the token, which is the visitor's own.
Result<void> show_visitor_contact(const Facade& facade, const Ref<Visitor>& visitor, http::Reply& reply);
/// Shows the first visitor who has no other addresses and numbers than those that were asked for, or null.
Result<void> show_found_visitor(const Facade& facade, const List<String>& values, const Page<Visitor>& visitors,
                                http::Reply& reply);

// --- contacts --------------------------------------------------------------------------------------------------------

/// POST omnichannel/contacts, contacts.update, contacts.conflicts. Errors: those of read_body; invalid_field; malformed_request, for a
/// custom field that the route does not keep.
Result<PutContact> create_contact(const Facade& facade, const http::Request& request);
Result<PutContact> update_contact(const Facade& facade, const http::Request& request);
Result<PutContact> resolve_conflicts(const Facade& facade, const http::Request& request);
/// POST omnichannel/contacts.delete. Errors: those of read_body.
Result<DeleteContacts> delete_contact(const Facade& facade, const http::Request& request);
/// GET omnichannel/contacts.get. Errors: those of read_query; invalid_field.
Result<GetContact> get_contact(const Facade& facade, const http::Request& request);
/// GET omnichannel/contacts.checkExistence, by one of three parameters. Errors: invalid_field.
Result<GetContact> check_contact(const Facade& facade, const http::Request& request);
/// GET omnichannel/contacts.search. Errors: those of read_list_request.
Result<ListContacts> search_contacts(const Facade& facade, const http::Request& request);
/// GET omnichannel/contacts.history: the rooms of the contact that are closed. Errors: those of read_list_request.
Result<ListChats> list_contact_history(const Facade& facade, const http::Request& request);

Result<void> show_created_contact(const Facade& facade, const Ref<Contact>& contact, http::Reply& reply);
Result<void> show_resolved_contact(const Facade& facade, const Ref<Contact>& contact, http::Reply& reply);
Result<void> show_deleted_contact(const Facade& facade, const DeletedContacts& deleted, http::Reply& reply);
Result<void> show_existence(const Facade& facade, const Ref<Contact>& contact, http::Reply& reply);
Result<void> show_contacts(const Facade& facade, const ListContacts& asked, const Page<Contact>& contacts,
                           http::Reply& reply);
Result<void> show_contact_history(const Facade& facade, const ListChats& asked, const Page<Chat>& rooms,
                                  http::Reply& reply);

}  // namespace parley::rocketchat
