package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	f_log "github.com/transparency-dev/formats/log"
	f_note "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// witnessKey is the public half of a signing key, after the type byte of a timestamped cosignature.
func witnessKey(secret string) []byte {
	seed, err := base64.StdEncoding.DecodeString(strings.SplitN(secret, "+", 5)[4])
	if err != nil {
		panic(err)
	}
	public := ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey)
	return append([]byte{0x04}, public...)
}

func verifyLog(dir string) error {
	keys, err := readKeys(dir)
	if err != nil {
		return err
	}
	signed, err := read(dir, "checkpoint")
	if err != nil {
		return err
	}
	head, err := open(signed, keys)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if err := verifyTiles(dir, head); err != nil {
		return err
	}
	proofs, err := each(dir, "proofs", func(index int64, data []byte) error {
		return verifyProof(index, string(data), keys)
	})
	if err != nil {
		return err
	}
	growths, err := each(dir, "consistency", func(older int64, data []byte) error {
		return verifyGrowth(older, string(data), head)
	})
	if err != nil {
		return err
	}
	fmt.Printf("verified %d entries, %d proofs, %d consistency proofs\n", head.N, proofs, growths)
	return nil
}

// readKeys gives the log's key and, where the folder has one, its witness's.
func readKeys(dir string) ([]note.Verifier, error) {
	logKey, err := read(dir, "key")
	if err != nil {
		return nil, err
	}
	log, err := note.NewVerifier(string(logKey))
	if err != nil {
		return nil, err
	}
	witnessKey, err := read(dir, "witness-key")
	if errors.Is(err, os.ErrNotExist) {
		return []note.Verifier{log}, nil
	}
	if err != nil {
		return nil, err
	}
	witness, err := f_note.NewVerifierForCosignatureV1(string(witnessKey))
	return []note.Verifier{log, witness}, err
}

// open demands the signatures of every key; the first is the log's.
func open(signed []byte, keys []note.Verifier) (tlog.Tree, error) {
	checkpoint, extensions, opened, err := f_log.ParseCheckpoint(signed, keys[0].Name(), keys[0], keys[1:]...)
	if err != nil {
		return tlog.Tree{}, err
	}
	if len(extensions) > 0 || len(opened.Sigs) != len(keys) {
		return tlog.Tree{}, fmt.Errorf("%d signatures verified, not %d", len(opened.Sigs), len(keys))
	}
	tree := tlog.Tree{N: int64(checkpoint.Size)}
	copy(tree.Hash[:], checkpoint.Hash)
	return tree, nil
}

func verifyTiles(dir string, head tlog.Tree) error {
	var hashes stored
	n := int64(0)
	for index := int64(0); index*tileWidth < head.N; index++ {
		width := int(min(tileWidth, head.N-index*tileWidth))
		data, err := read(dir, place("entries", index, width))
		if err != nil {
			return err
		}
		entries, err := unbundle(data)
		if err != nil || len(entries) != width {
			return fmt.Errorf("bundle %d has %d entries, not %d: %v", index, len(entries), width, err)
		}
		for _, entry := range entries {
			if err := hashes.add(n, entry); err != nil {
				return err
			}
			n++
		}
	}
	root, err := tlog.TreeHash(head.N, hashes)
	if err != nil {
		return err
	}
	if root != head.Hash {
		return fmt.Errorf("the entries have root %v, and the checkpoint says %v", root, head.Hash)
	}
	return eachTile(head.N, func(tile tlog.Tile, path string) error {
		want, err := tlog.ReadTileData(tile, hashes)
		if err != nil {
			return err
		}
		got, err := read(dir, path)
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return fmt.Errorf("%s is not what the entries give", path)
		}
		return nil
	})
}

func verifyProof(index int64, file string, keys []note.Verifier) error {
	proof, signed, found := strings.Cut(file, "\n\n")
	lines := strings.Split(proof, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("not a proof file")
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	if lines[2] != fmt.Sprintf("index %d", index) {
		return fmt.Errorf("the proof is of another index")
	}
	path, err := parseHashes(lines[3:])
	if err != nil {
		return err
	}
	head, err := open([]byte(signed), keys)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, head.N, head.Hash, index, tlog.RecordHash(entry))
}

func verifyGrowth(older int64, file string, head tlog.Tree) error {
	hashes, err := parseHashes(strings.Split(strings.TrimSuffix(file, "\n"), "\n"))
	if err != nil {
		return err
	}
	return tlog.CheckTree(hashes[1:], head.N, head.Hash, older, hashes[0])
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

func each(dir, folder string, check func(number int64, data []byte) error) (int, error) {
	files, err := os.ReadDir(filepath.Join(dir, folder))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		number, err := strconv.ParseInt(file.Name(), 10, 64)
		if err != nil {
			return 0, err
		}
		data, err := read(dir, folder+"/"+file.Name())
		if err != nil {
			return 0, err
		}
		if err := check(number, data); err != nil {
			return 0, fmt.Errorf("%s/%d: %w", folder, number, err)
		}
	}
	return len(files), nil
}
