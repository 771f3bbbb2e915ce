#include "sqlitesettings.h"

#include <sqlite3.h>

int sqlitesettings_omit_memory_statistics(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
