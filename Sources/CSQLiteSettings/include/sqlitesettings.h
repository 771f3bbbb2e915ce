#ifndef SQLITESETTINGS_H
#define SQLITESETTINGS_H

// Settings of the whole process, which SQLite takes as variadic arguments, and Swift cannot give.

// Lets SQLite keep no statistics of its memory: a lock, and a look at what is allocated, for each allocation and each
// release. Answers what SQLite says; once a database was opened it is too late, and nothing is changed.
int sqlitesettings_omit_memory_statistics(void);

#endif
