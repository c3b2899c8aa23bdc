package sheet

// Error says why a file or a row cannot be read. Message is Chinese, is meant for
// the person who sent the file, and never contains anything of the file.
type Error struct {
	Code    string // stable machine code
	Message string
}

// Error returns the code only, which is safe to log.
func (e *Error) Error() string { return "sheet: " + e.Code }

// The ways a file can be unreadable. They compare with errors.Is.
var (
	ErrEmpty    = &Error{"empty_file", "文件中没有数据"}
	ErrTooLarge = &Error{"file_too_large", "文件过大,或解压后过大,请拆分后重新上传"}
	ErrFormat   = &Error{"file_format", "无法识别的文件,请上传 xlsx 或 csv 文件(旧版 xls 或加密的文件请先另存为 xlsx)"}
	ErrDamaged  = &Error{"file_damaged", "文件已损坏或不完整,请用电子表格软件打开并另存后重新上传"}
	ErrEncoding = &Error{"file_encoding", "无法识别文件的文字编码,请另存为 xlsx 或 UTF-8 编码的 csv"}
	ErrNoHeader = &Error{"no_header", "在前10行中没有找到表头,请使用系统提供的模板"}
	ErrQuote    = &Error{"quote", "该行的引号不配对,无法读取"}
	ErrRowSize  = &Error{"row_too_large", "文件中有一行内容过长,可能缺少引号或换行"}
	ErrDate     = &Error{"date", "日期不存在或格式不正确,应为 2026-01-31 这样的形式"}
	ErrRows     = &Error{"too_many_rows", "行数超过一个工作表的上限,请缩小导出范围"}
)
