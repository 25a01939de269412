package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"

	f_log "github.com/transparency-dev/formats/log"
	f_note "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func makeLog(dir string, size int64) error {
	var hashes stored
	var entries [][]byte
	for n := range size {
		entries = append(entries, []byte(fmt.Sprintf("entry %d made by Go", n)))
		if err := hashes.add(n, entries[n]); err != nil {
			return err
		}
	}
	checkpoint, err := sign(dir, size, hashes)
	if err != nil {
		return err
	}
	err = eachTile(size, func(tile tlog.Tile, path string) error {
		data, err := tlog.ReadTileData(tile, hashes)
		if err != nil {
			return err
		}
		if tile.L == 0 {
			from := tile.N * tileWidth
			of := place("entries", tile.N, tile.W)
			if err := write(dir, of, bundle(entries[from:from+int64(tile.W)])); err != nil {
				return err
			}
		}
		return write(dir, path, data)
	})
	if err != nil {
		return err
	}
	for n := range size {
		if err := prove(dir, n, size, hashes, entries[n], checkpoint); err != nil {
			return err
		}
	}
	return nil
}

func sign(dir string, size int64, hashes stored) ([]byte, error) {
	const origin = "go.example/log"
	secret, public, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return nil, err
	}
	witnessSecret, _, err := note.GenerateKey(rand.Reader, "go.example/witness")
	if err != nil {
		return nil, err
	}
	log, err := note.NewSigner(secret)
	if err != nil {
		return nil, err
	}
	witness, err := f_note.NewSignerForCosignatureV1(witnessSecret)
	if err != nil {
		return nil, err
	}
	root, err := tlog.TreeHash(size, hashes)
	if err != nil {
		return nil, err
	}
	text := f_log.Checkpoint{Origin: origin, Size: uint64(size), Hash: root[:]}.Marshal()
	checkpoint, err := note.Sign(&note.Note{Text: string(text)}, log, witness)
	if err != nil {
		return nil, err
	}
	witnessPublic := fmt.Sprintf("%s+%08x+%s", witness.Name(), witness.KeyHash(),
		base64.StdEncoding.EncodeToString(witnessKey(witnessSecret)))
	for path, data := range map[string][]byte{
		"key": []byte(public), "witness-key": []byte(witnessPublic), "checkpoint": checkpoint,
	} {
		if err := write(dir, path, data); err != nil {
			return nil, err
		}
	}
	return checkpoint, nil
}

func prove(dir string, n, size int64, hashes stored, entry, checkpoint []byte) error {
	path, err := tlog.ProveRecord(size, n, hashes)
	if err != nil {
		return err
	}
	var file strings.Builder
	fmt.Fprintf(&file, "c2sp.org/tlog-proof@v1\nextra %s\nindex %d\n",
		base64.StdEncoding.EncodeToString(entry), n)
	for _, hash := range path {
		fmt.Fprintln(&file, hash)
	}
	fmt.Fprintf(&file, "\n%s", checkpoint)
	if err := write(dir, fmt.Sprintf("proofs/%d", n), []byte(file.String())); err != nil {
		return err
	}

	older := n + 1
	root, err := tlog.TreeHash(older, hashes)
	if err != nil {
		return err
	}
	growth, err := tlog.ProveTree(size, older, hashes)
	if err != nil {
		return err
	}
	lines := fmt.Sprintln(root)
	for _, hash := range growth {
		lines += fmt.Sprintln(hash)
	}
	return write(dir, fmt.Sprintf("consistency/%d", older), []byte(lines))
}
