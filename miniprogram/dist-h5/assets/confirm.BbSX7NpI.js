import{z as e,t as n}from"./index-BNFIBm5U.js";function t(t,c,o){return new Promise(i=>{e({title:t,content:c,confirmText:o,cancelText:n.no,success:e=>i(e.confirm),fail:()=>i(!1)})})}export{t as c};
