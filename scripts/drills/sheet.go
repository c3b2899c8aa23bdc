package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/xuri/excelize/v2"

	"jiayi/scripts/client"
)

// sheetRows fetches a workbook and counts the people in its first sheet.
func sheetRows(ctx context.Context, c *client.Client, path string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Base+"/api/v1"+path, nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Authorization", "Bearer "+c.Token)
	res, err := c.HTTP.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s: %d %s: %w", path, res.StatusCode, b[:min(len(b), 200)], err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows(f.GetSheetList()[0])
	return max(0, len(rows)-2), err // a watermark and the headings come first
}
