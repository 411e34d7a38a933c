"""Running the network from a chat: invitations, applications, members, roles and hosts."""
