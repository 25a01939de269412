// Command foreign makes a log as static files, or verifies one that somebody else made, with
// golang.org/x/mod/sumdb and transparency-dev/formats alone.
//
//	foreign make DIR SIZE
//	foreign verify DIR
//
// A log is a folder:
//
//	key, witness-key    verifier keys of the log and of one witness, if it has one
//	checkpoint, tile/…  as C2SP tlog-tiles says
//	proofs/INDEX        a C2SP tlog-proof, with the entry as its extra data; may be absent
//	consistency/SIZE    the root of the first SIZE entries, then the proof, one base64 hash a line; may be absent
package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 3 && args[0] == "make":
		size, err := strconv.ParseInt(args[2], 10, 64)
		if err != nil {
			return err
		}
		return makeLog(args[1], size)
	case len(args) == 2 && args[0] == "verify":
		return verifyLog(args[1])
	}
	return fmt.Errorf("usage: foreign make DIR SIZE | foreign verify DIR")
}
