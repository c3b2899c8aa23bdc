function t(t){return 0===t?"免费":`${t%100==0?t/100:(t/100).toFixed(2)}元`}export{t as y};
