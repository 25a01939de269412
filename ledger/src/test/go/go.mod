// What the Go world thinks of our logs, and logs that it made for us. It shares no code with Mooring.
module mooring.example/foreign

go 1.26.0

require (
	github.com/transparency-dev/formats v0.0.0-20251017110053-404c0d5b696c
	golang.org/x/mod v0.42.0
)
