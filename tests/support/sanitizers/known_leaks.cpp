// Linked into every test program and the hall's kiosk. Leaks of other people's libraries, as narrow as their
// frames have names:
// - Cairo 1.16 leaks 768 bytes for each CFF font that it subsets into a PDF;
// - Pango 1.50 sorts fonts on a thread of its own, which may not be done when a short test ends.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libcairo.so.2\nleak:libfontconfig.so.1\n";
}
extern "C" const char* __lsan_default_options();
extern "C" const char* __lsan_default_options() {
  return "print_suppressions=0";
}
