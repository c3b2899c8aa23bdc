# syntax=docker/dockerfile:1
# The binary, then nothing but the binary.

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/jiayi . \
 && mkdir -p /out/tmp /out/data

FROM scratch
# Certificates are for calls to WeChat. No time zones are needed: the calendar is UTC+8 by itself.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build --chown=65532:65532 /out/tmp /tmp
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build /out/jiayi /jiayi
ENV JIAYI_LISTEN=:8080 JIAYI_FILES=/data/files
USER 65532:65532
VOLUME ["/data"]
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 CMD ["/jiayi", "healthcheck"]
ENTRYPOINT ["/jiayi"]
CMD ["serve"]
