package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// place spells a tile's path as C2SP tlog-tiles does; tlog.Tile.Path spells the older form of the
// Go checksum database.
func place(level string, index int64, width int) string {
	path := fmt.Sprintf("%03d", index%1000)
	for rest := index / 1000; rest > 0; rest /= 1000 {
		path = fmt.Sprintf("x%03d/%s", rest%1000, path)
	}
	path = "tile/" + level + "/" + path
	if width < tileWidth {
		path += fmt.Sprintf(".p/%d", width)
	}
	return path
}

func write(dir, path string, data []byte) error {
	file := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}

func read(dir, path string) ([]byte, error) {
	return os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
}

// stored holds every hash of a tree in tlog's own order.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = s[index]
	}
	return hashes, nil
}

func (s *stored) add(n int64, entry []byte) error {
	hashes, err := tlog.StoredHashes(n, entry, *s)
	*s = append(*s, hashes...)
	return err
}

// eachTile visits every tile that a tree of size has, as wide as it is there.
func eachTile(size int64, visit func(tile tlog.Tile, path string) error) error {
	for level, hashes := 0, size; hashes > 0; level, hashes = level+1, hashes>>tileHeight {
		for index := int64(0); index*tileWidth < hashes; index++ {
			width := int(min(tileWidth, hashes-index*tileWidth))
			tile := tlog.Tile{H: tileHeight, L: level, N: index, W: width}
			if err := visit(tile, place(fmt.Sprint(level), index, width)); err != nil {
				return err
			}
		}
	}
	return nil
}

func bundle(entries [][]byte) []byte {
	var data []byte
	for _, entry := range entries {
		data = binary.BigEndian.AppendUint16(data, uint16(len(entry)))
		data = append(data, entry...)
	}
	return data
}

func unbundle(data []byte) ([][]byte, error) {
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("a bundle ends in the middle of an entry")
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:end])
		data = data[end:]
	}
	return entries, nil
}
