// Verify reads an archive's log with Go's own libraries and none of our code.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run verify.go VKEY FOLDER [EARLIER-CHECKPOINT]
//
// It checks the checkpoint's signature, every entry against the tree through the tiles, and, where an earlier
// checkpoint is given, that its tree is the beginning of this one. It prints one line for each and exits 1 at the first
// that fails. Debian: golang-go, golang-golang-x-mod-dev.
package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
}

// tiles reads the tiles of a C2SP log. Go writes tile/8/L/N where C2SP writes tile/L/N.
type tiles struct{ folder string }

func (t tiles) Height() int                     { return 8 }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil {
			return nil, err
		}
		read = append(read, bytes)
	}
	return read, nil
}

func open(bytes []byte, verifier note.Verifier) tlog.Tree {
	opened, err := note.Open(bytes, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		check(errors.New("not a checkpoint of this log"))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	return tlog.Tree{N: size, Hash: root}
}

// entries reads the bundle that holds the entries from start on.
func entries(folder string, start, size int64) [][]byte {
	tile := tlog.Tile{H: 8, L: 0, N: start / 256, W: 256}
	if size-start < 256 {
		tile.W = int(size - start)
	}
	path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
	bytes, err := os.ReadFile(filepath.Join(folder, path))
	check(err)
	var found [][]byte
	for len(bytes) > 0 {
		if len(bytes) < 2 {
			check(errors.New("bundle cut short"))
		}
		length := int(binary.BigEndian.Uint16(bytes))
		if len(bytes) < 2+length {
			check(errors.New("bundle cut short"))
		}
		found = append(found, bytes[2:2+length])
		bytes = bytes[2+length:]
	}
	if len(found) != tile.W {
		check(fmt.Errorf("bundle of %d entries, not %d", len(found), tile.W))
	}
	return found
}

func main() {
	if len(os.Args) < 3 {
		check(errors.New("usage: verify VKEY FOLDER [EARLIER-CHECKPOINT]"))
	}
	verifier, err := note.NewVerifier(os.Args[1])
	check(err)
	folder := filepath.Join(os.Args[2], "log")
	bytes, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	check(err)
	tree := open(bytes, verifier)
	fmt.Println("checkpoint ok", tree.N)

	reader := tlog.TileHashReader(tree, tiles{folder})
	for start := int64(0); start < tree.N; start += 256 {
		for i, entry := range entries(folder, start, tree.N) {
			index := start + int64(i)
			proof, err := tlog.ProveRecord(tree.N, index, reader)
			check(err)
			check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
		}
	}
	fmt.Println("entries ok", tree.N)

	if len(os.Args) > 3 {
		bytes, err := os.ReadFile(os.Args[3])
		check(err)
		earlier := open(bytes, verifier)
		proof, err := tlog.ProveTree(tree.N, earlier.N, reader)
		check(err)
		check(tlog.CheckTree(proof, tree.N, tree.Hash, earlier.N, earlier.Hash))
		fmt.Println("consistency ok", earlier.N, tree.N)
	}
}
