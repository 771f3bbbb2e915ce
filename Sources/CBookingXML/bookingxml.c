#include "bookingxml.h"
