extension ConversationsFold {
  /// `row` numbers belong to this file and never leave it. Times are milliseconds since 1970. `position` is the offset of the event in the
  /// contact's partition, so it orders everything about one customer.
  static let schema = """
    CREATE TABLE contacts (
      id TEXT PRIMARY KEY, name TEXT, phone TEXT, user_id TEXT, parent_user_id TEXT, username TEXT, created_at INTEGER NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE conversations (
      row INTEGER PRIMARY KEY, id TEXT NOT NULL, contact TEXT NOT NULL, channel TEXT NOT NULL, display_number TEXT, business_account TEXT,
      opened_at INTEGER NOT NULL, window_ends_at INTEGER, incoming INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0,
      unanswered INTEGER NOT NULL DEFAULT 0, last_at INTEGER NOT NULL, last_in_at INTEGER, last_out_at INTEGER, last_message INTEGER
    );
    CREATE UNIQUE INDEX conversations_id ON conversations (id);
    CREATE INDEX conversations_all ON conversations (last_at, id);
    CREATE INDEX conversations_channel ON conversations (channel, last_at, id);
    CREATE INDEX conversations_contact ON conversations (contact);
    CREATE INDEX conversations_unread ON conversations (last_at, id, channel) WHERE unread > 0;
    CREATE INDEX conversations_unanswered ON conversations (last_at, id, channel) WHERE unanswered = 1;

    CREATE TABLE messages (
      row INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, id TEXT NOT NULL, provider_id TEXT NOT NULL, position INTEGER NOT NULL,
      incoming INTEGER NOT NULL, direction TEXT NOT NULL, kind TEXT NOT NULL, text TEXT, content BLOB, context BLOB, errors BLOB,
      pricing BLOB, at INTEGER NOT NULL, edited_at INTEGER, revoked INTEGER NOT NULL DEFAULT 0, status TEXT
    );
    CREATE UNIQUE INDEX messages_id ON messages (id, conversation);
    CREATE UNIQUE INDEX messages_order ON messages (conversation, position);

    CREATE TABLE reactions (
      message INTEGER NOT NULL, direction TEXT NOT NULL, emoji TEXT, at INTEGER NOT NULL, PRIMARY KEY (message, direction)
    ) WITHOUT ROWID;

    CREATE TABLE parked (
      message TEXT NOT NULL, contact TEXT NOT NULL, position INTEGER NOT NULL, partition INTEGER NOT NULL, parked_at INTEGER NOT NULL,
      kind TEXT NOT NULL, item BLOB NOT NULL, PRIMARY KEY (message, contact, position)
    ) WITHOUT ROWID;
    CREATE INDEX parked_age ON parked (partition, parked_at);

    CREATE TABLE commands (
      command TEXT NOT NULL, contact TEXT NOT NULL, partition INTEGER NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL,
      refusal BLOB, PRIMARY KEY (command, contact)
    ) WITHOUT ROWID;
    CREATE INDEX commands_age ON commands (partition, at);

    CREATE TABLE changes (
      seq INTEGER PRIMARY KEY, partition INTEGER NOT NULL, position INTEGER NOT NULL, conversation INTEGER NOT NULL,
      message INTEGER
    );
    CREATE TABLE changes_kept (partition INTEGER PRIMARY KEY, since INTEGER NOT NULL);
    """
}
