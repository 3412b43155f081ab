// The calls about contacts and their identities (/v4/contact).
#pragma once

#include "adapters/comm100/facade/paging.hpp"

namespace parley::comm100 {

/// GET contact/contacts, with filters, pages and an order. Errors: invalid_field.
Result<ListContacts> list_contacts(const Facade& facade, const http::Request& request, AskedPage& page);
/// POST contact/contacts:query. Errors: those of parse_body; missing_field; invalid_field, also for a condition that Parley does not have.
Result<ListContacts> query_contacts(const Facade& facade, const http::Request& request, AskedPage& page);
/// GET contact/contacts/{id}. Errors: invalid_field.
Result<GetContact> read_contact(const Facade& facade, const http::Request& request);
/// POST contact/contacts; PUT contact/contacts/{id}. Errors: those of parse_body; missing_field, invalid_field.
Result<PutContact> add_contact(const Facade& facade, const http::Request& request);
Result<PutContact> put_contact(const Facade& facade, const http::Request& request);
/// POST contact/contacts/{id}:merge. Errors: as add_contact; no_such_endpoint, where the path does not end in `:merge`.
Result<MergeContacts> merge_contacts(const Facade& facade, const http::Request& request);
/// DELETE contact/contacts/{id}; DELETE contact/contacts with a list of at most 1000 ids. Errors: as add_contact.
Result<DeleteContacts> delete_contact(const Facade& facade, const http::Request& request);
Result<DeleteContacts> delete_contacts(const Facade& facade, const http::Request& request);

/// GET contact/contactIdentities/{id}. Errors: invalid_field.
Result<GetContact> read_identity(const Facade& facade, const http::Request& request);
/// POST contact/contactIdentities; PUT contact/contactIdentities/{id}. Errors: as add_contact.
Result<PutIdentity> add_identity(const Facade& facade, const http::Request& request);
Result<PutIdentity> put_identity(const Facade& facade, const http::Request& request);
/// DELETE contact/contactIdentities/{id}. Errors: invalid_field.
Result<DeleteIdentity> delete_identity(const Facade& facade, const http::Request& request);
/// POST contact/contactIdentities:query; GET contact/contactIdentities:identify. Errors: as add_contact.
Result<ListContacts> query_identities(const Facade& facade, const http::Request& request);
Result<ListContacts> identify(const Facade& facade, const http::Request& request);

// The answers. Those of identities take theirs from the contact.
Result<void> write_contact(const Facade& facade, const Ref<Contact>& answer, http::Reply& reply);
Result<void> write_new_contact(const Facade& facade, const Ref<Contact>& answer, http::Reply& reply);
Result<void> write_contacts(const Facade& facade, const AskedPage& page, const Page<Contact>& answer,
                            http::Reply& reply);
Result<void> write_no_contacts(const Facade& facade, const DeletedContacts& answer, http::Reply& reply);
Result<void> write_identity(const Facade& facade, const GetContact& asked, const Ref<Contact>& answer,
                            http::Reply& reply);
Result<void> write_put_identity(const Facade& facade, const PutIdentity& put, const Ref<Contact>& answer,
                                http::Reply& reply);
Result<void> write_no_identity(const Facade& facade, const Ref<Contact>& answer, http::Reply& reply);
/// Shows the identities that the filter names.
Result<void> write_identities(const Facade& facade, const ListContacts& asked, const Page<Contact>& answer,
                              http::Reply& reply);

}  // namespace parley::comm100
