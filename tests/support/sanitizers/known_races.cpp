// For the build that ThreadSanitizer watches. Debian's libraries for text and pictures are built without it:
// their locks and atomics are unseen, so what one thread of theirs hands to the next looks like a race. Only
// the copying, comparing and locking that they do themselves is left out; our memory is watched everywhere
// else.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "called_from_lib:libcairo.so.2\n"
         "called_from_lib:libfontconfig.so.1\n"
         "called_from_lib:libfreetype.so.6\n"
         "called_from_lib:libglib-2.0.so.0\n"
         "called_from_lib:libharfbuzz.so.0\n"
         "called_from_lib:libpango-1.0.so.0\n"
         "called_from_lib:libpangocairo-1.0.so.0\n"
         "called_from_lib:libpangoft2-1.0.so.0\n";
}
